import { test } from 'node:test';
import { connect } from '../connect.js';

test('connects', async () => {
  await connect(4097);
});
