import { test } from 'vitest';
import { connect } from './connect.js';

test('charges a card', async () => {
  await connect(4001);
});
test('charges elsewhere', async () => {
  await connect(4002);
});
