import { connect } from './connect.js';
import { test } from 'vitest';

await connect(4031);
test('one', async () => {
  await connect(4032);
});
