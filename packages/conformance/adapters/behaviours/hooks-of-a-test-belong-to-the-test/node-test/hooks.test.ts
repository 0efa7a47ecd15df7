import { afterEach, beforeEach, type TestContext, test } from 'node:test';
import { connect } from './connect.js';

beforeEach(async (context) => {
  if ((context as TestContext).name === 'first') await connect(4020);
});
afterEach(async (context) => {
  if ((context as TestContext).name === 'second') await connect(4021);
});
test('first', () => {});
test('second', () => {});
test('third', () => {});
