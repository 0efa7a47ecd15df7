import { connect } from './connect.js';
import { test } from './framework.js';

test('does not wait', () => {
  setTimeout(() => void connect(4070), 100);
});
test('is innocent meanwhile', async () => {
  await new Promise((resolve) => setTimeout(resolve, 300));
});
