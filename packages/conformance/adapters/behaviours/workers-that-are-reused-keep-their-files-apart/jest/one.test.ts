import { spawnSync } from 'node:child_process';
import { connect } from './connect.js';
import { test } from './framework.js';

spawnSync(process.execPath, ['-e', "require('net').connect(4031, '203.0.113.10').on('error', () => {})"]);
test('one', async () => {
  await connect(4032);
});
