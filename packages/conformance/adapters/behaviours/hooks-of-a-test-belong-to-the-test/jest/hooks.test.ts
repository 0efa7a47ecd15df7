import { connect } from './connect.js';
import { afterEach, beforeEach, expect, test } from './framework.js';

const name = (): string => expect.getState().currentTestName;
beforeEach(async () => {
  if (name() === 'first') await connect(4020);
});
afterEach(async () => {
  if (name() === 'second') await connect(4021);
});
test('first', () => {});
test('second', () => {});
test('third', () => {});
