import { connect } from './connect.js';
import { test } from './framework.js';

// Jest runs the larger file first, and stops between files.
test('connects', async () => {
  await connect(4001);
});
