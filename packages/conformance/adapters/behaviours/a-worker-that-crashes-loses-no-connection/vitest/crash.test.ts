import { test } from 'vitest';
import { connect } from './connect.js';

test('crashes', async () => {
  await connect(4342);
  process.kill(process.pid, 'SIGSEGV');
  await new Promise((resolve) => setTimeout(resolve, 5000));
});
