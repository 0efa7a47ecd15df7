import { connect } from '../connect.js';
import { test } from '../framework.js';

test('connects', async () => {
  await connect(4097);
});
