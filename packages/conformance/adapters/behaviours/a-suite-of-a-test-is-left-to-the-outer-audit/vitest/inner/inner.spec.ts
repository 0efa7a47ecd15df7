import { test } from 'vitest';
import { connect } from '../connect.js';

test('connects', async () => {
  await connect(4097);
});
