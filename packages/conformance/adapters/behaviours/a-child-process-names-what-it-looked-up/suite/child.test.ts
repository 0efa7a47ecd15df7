import { execFileSync } from 'node:child_process';
import { test } from './framework.js';

const child = (port: number, host: string): void => {
  const script = `require('net').connect(${port}, '${host}', function () { this.destroy(); }).on('error', () => {})`;
  execFileSync(process.execPath, ['-e', script], { env: {} });
};

test('starts a child that asks by name', () => {
  child(4140, 'payments.example.test');
});
test('permits what its child asks by name', () => {
  // netaudit-allow *.example.test:4141 the sandbox has no mock
  child(4141, 'telemetry.example.test');
});
test('permits another name', () => {
  // netaudit-allow payments.example.test:* the sandbox has no mock
  child(4142, 'refused.example.test');
});
