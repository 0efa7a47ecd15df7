import { test } from './framework.js';

test('is left to the outer audit', () => {});
