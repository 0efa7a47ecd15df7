import { test } from 'vitest';
import { connect } from './connect.js';

// 198.51.100.10 is a black hole: the connection is still pending when the test's time is up.
test('waits for nobody', { timeout: 300 }, () => connect(4321, '198.51.100.10'));
test('is not charged for it', async () => {
  await new Promise((resolve) => setTimeout(resolve, 100));
});
