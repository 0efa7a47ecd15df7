import { connect } from './connect.js';
import { test } from './framework.js';

test('is not run', async () => {
  await new Promise((resolve) => setTimeout(resolve, 2000));
  await connect(4002);
});
