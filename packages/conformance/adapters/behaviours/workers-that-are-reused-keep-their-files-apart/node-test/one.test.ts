import { test } from 'node:test';
import { connect } from './connect.js';

await connect(4031);
test('one', async () => {
  await connect(4032);
});
