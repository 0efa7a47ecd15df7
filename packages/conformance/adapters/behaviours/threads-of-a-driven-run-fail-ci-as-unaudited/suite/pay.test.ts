import { connect } from './connect.js';
import { test } from './framework.js';

test('charges a card', async () => {
  await connect(4001);
});
