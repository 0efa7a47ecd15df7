import { test } from './framework.js';

test('two', () => {});
