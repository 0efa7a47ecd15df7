import { spawn } from 'node:child_process';
import { test } from './framework.js';

test('leaves a daemon', () => {
  const script = "setTimeout(() => require('net').connect(4050, '203.0.113.10').on('error', () => {}), 700)";
  spawn(process.execPath, ['-e', script], { stdio: 'ignore', detached: true }).unref();
});
test('is innocent while it connects', async () => {
  await new Promise((resolve) => setTimeout(resolve, 1200));
});
