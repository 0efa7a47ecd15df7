import { spawn } from 'node:child_process';
import { test } from './framework.js';

test('leaves a daemon', () => {
  const script = "setTimeout(() => require('net').connect(4051, '203.0.113.10').on('error', () => {}), 2500)";
  spawn(process.execPath, ['-e', script], { stdio: 'ignore', detached: true }).unref();
});
