import { expect, test } from 'vitest';
import { connect } from './connect.js';

test('expects softly, and connects', async () => {
  expect.soft(1, 'the first soft expectation').toBe(2);
  await connect(4304);
  expect.soft(3).toBe(3);
});
