import { test } from './framework.js';

test('one', () => {});
