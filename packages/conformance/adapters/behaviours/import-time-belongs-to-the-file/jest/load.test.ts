import { spawnSync } from 'node:child_process';
import { test } from './framework.js';

// CommonJS loads without waiting: a child that is waited for connects in that time.
spawnSync(process.execPath, ['-e', "require('net').connect(4030, '203.0.113.10').on('error', () => {})"]);
test('runs', () => {});
