import { connect } from './connect.js';
import { test } from './framework.js';

test('connects elsewhere', async () => {
  await connect(4122);
});
