import { test } from './framework.js';

test('runs elsewhere', () => {});
