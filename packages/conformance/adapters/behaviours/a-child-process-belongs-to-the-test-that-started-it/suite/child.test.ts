import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { test } from './framework.js';

const script = (port: number) => `require('net').connect(${port}, '203.0.113.10').on('error', () => {})`;
test('waits for a child', async () => {
  await once(spawn(process.execPath, ['-e', script(4040)], { stdio: 'ignore' }), 'exit');
});
test('runs a shell', () => {
  execFileSync('sh', ['-c', `"${process.execPath}" -e "${script(4041)}"`], { env: {} });
});
test('is innocent', () => {});
