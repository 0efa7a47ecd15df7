import { test } from 'node:test';
import { connect } from './connect.js';

test('one', async () => {
  await connect(4221);
});
