import { expect, test } from './framework.js';

test('is innocent', () => {
  expect(1).toBe(1);
});
