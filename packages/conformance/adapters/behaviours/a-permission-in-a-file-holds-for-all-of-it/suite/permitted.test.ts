// netaudit-allow 203.0.113.10:* the sandbox has no mock
import { execFileSync } from 'node:child_process';
import { connect } from './connect.js';
import { beforeAll, test } from './framework.js';

connect(4120);
beforeAll(async () => {
  await connect(4121);
});
test('connects', async () => {
  await connect(4122);
});
test('lets a child connect', () => {
  execFileSync(process.execPath, ['-e', "require('net').connect(4123, '203.0.113.10').on('error', () => {})"]);
});
