import { afterEach, beforeEach, test } from 'vitest';
import { connect } from './connect.js';

beforeEach(async (context) => {
  if (context.task.name === 'first') await connect(4020);
});
afterEach(async (context) => {
  if (context.task.name === 'second') await connect(4021);
});
test('first', () => {});
test('second', () => {});
test('third', () => {});
