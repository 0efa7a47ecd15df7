const { spawnSync } = require('node:child_process');
const { connect } = require('node:net');

spawnSync(process.execPath, ['-e', "require('net').connect(4331, '203.0.113.10').on('error', () => {})"]);
test('connects', () => new Promise((resolve) => connect(4332, '203.0.113.10').on('error', resolve)));
test('is innocent', () => {});
