import { test } from 'node:test';
import { connect } from './connect.js';

await connect(4033);
test('two', async () => {
  await connect(4034);
});
