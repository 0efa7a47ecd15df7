import { connect } from './connect.js';
import { test } from './framework.js';

test.failing('throws as expected, and connects', async () => {
  await connect(4092);
  throw new Error('expected');
});
test.failing('only connects', async () => {
  await connect(4093);
  throw new Error('expected');
});
