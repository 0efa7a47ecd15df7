import { connect } from './connect.js';
import { test } from './framework.js';

test('computes', () => {});
test('talks to loopback', async () => {
  await connect(9, '127.0.0.1');
  await connect(9, '::1');
});
