import { test } from './framework.js';

test('never runs', () => {});
