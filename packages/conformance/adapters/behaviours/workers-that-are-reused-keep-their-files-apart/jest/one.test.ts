import { connect } from './connect.js';
import { test } from './framework.js';

void connect(4031);
test('one', async () => {
  await connect(4032);
});
