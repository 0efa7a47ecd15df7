import { connect } from './connect.js';
import { test } from './framework.js';

void connect(4033);
test('two', async () => {
  await connect(4034);
});
