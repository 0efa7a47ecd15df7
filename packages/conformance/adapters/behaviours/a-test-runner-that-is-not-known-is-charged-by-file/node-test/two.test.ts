import { test } from 'node:test';
import { connect } from './connect.js';

test('two', async () => {
  await connect(4222);
});
