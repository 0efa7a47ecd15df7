import { test } from 'vitest';
import { connect } from './connect.js';

test('is before', () => {});
test('leaves', async () => {
  await connect(4331);
  process.exit(0);
});
