import { connect } from './connect.js';
import { test } from 'vitest';

await connect(4033);
test('two', async () => {
  await connect(4034);
});
