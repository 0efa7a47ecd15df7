import { connect } from './connect.js';
import { test } from './framework.js';

test('is innocent before', () => {});
test('charges a card', async () => {
  await connect(4001);
});
test('is innocent after', async () => {
  await connect(9, '127.0.0.1');
});
