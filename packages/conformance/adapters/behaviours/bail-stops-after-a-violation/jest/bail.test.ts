import { connect } from './connect.js';
import { test } from './framework.js';

// Jest runs the larger file first, and stops between files. It does not wait for its own end, so that the second file may have begun: it
// takes its time before it connects.
test('connects', async () => {
  await connect(4001);
});
