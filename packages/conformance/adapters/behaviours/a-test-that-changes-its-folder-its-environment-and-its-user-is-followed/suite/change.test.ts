import { execFileSync } from 'node:child_process';
import { connect } from './connect.js';
import { test } from './framework.js';

test('changes', () => {
  process.chdir('/');
  for (const name of Object.keys(process.env)) delete process.env[name];
  try {
    process.setgid?.(1);
    process.setuid?.(1);
  } catch {
    // Only root may.
  }
});
test('connects', () => connect(4374));
test('starts a child', () => {
  const code = "require('net').connect(4375, '203.0.113.10').on('error', () => {})";
  execFileSync(process.execPath, ['-e', code], { env: {} });
});
