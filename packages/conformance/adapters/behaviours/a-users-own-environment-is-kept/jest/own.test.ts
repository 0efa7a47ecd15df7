import { connect } from './connect.js';
import { expect, test } from './framework.js';

test("connects in the user's environment", () => connect(4311));
test('is innocent', () => {
  expect(globalThis.started).toBe(2);
});
