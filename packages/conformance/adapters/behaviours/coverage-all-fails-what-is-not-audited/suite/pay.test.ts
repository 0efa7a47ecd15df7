import { expect, test } from './framework.js';

test('adds', () => {
  expect(1 + 1).toBe(2);
});
