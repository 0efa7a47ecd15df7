import { once } from 'node:events';
import { Worker } from 'node:worker_threads';
import { test } from './framework.js';

test('starts a thread', async () => {
  const worker = new Worker("require('net').connect(4060, '203.0.113.10').on('error', () => {})", { eval: true });
  await once(worker, 'exit');
});
test('is innocent', () => {});
