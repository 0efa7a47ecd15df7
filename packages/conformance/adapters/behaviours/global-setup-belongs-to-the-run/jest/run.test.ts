import { test } from './framework.js';

test('is innocent', () => {});
