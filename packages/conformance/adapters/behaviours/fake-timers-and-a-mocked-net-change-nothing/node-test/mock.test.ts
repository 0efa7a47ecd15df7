import assert from 'node:assert/strict';
import fs from 'node:fs';
import { syncBuiltinESMExports } from 'node:module';
import net from 'node:net';
import { mock, test } from 'node:test';
import { connect } from './connect.js';

test('connects under fake timers', async (context) => {
  context.mock.timers.enable({ apis: ['setTimeout', 'setInterval', 'setImmediate', 'Date'] });
  for (const name of ['readSync', 'lchownSync', 'readFileSync'] as const) context.mock.method(fs, name, () => 0);
  const mocked = context.mock.method(net, 'connect', () => assert.fail('mocked'));
  syncBuiltinESMExports();
  assert.throws(() => net.connect(4096), /mocked/);
  mocked.mock.restore();
  await connect(4095);
  assert.equal(Date.now(), 0);
});
test('is innocent', () => {
  mock.restoreAll();
});
