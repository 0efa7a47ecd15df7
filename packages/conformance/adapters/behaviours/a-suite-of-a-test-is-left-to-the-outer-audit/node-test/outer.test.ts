import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { test } from 'node:test';

test('runs node:test itself', () => {
  const { NODE_TEST_CONTEXT, ...env } = process.env;
  const words = ['--test', '--require', '@netaudit/node-test', 'inner/inner.spec.js'];
  const inner = spawnSync(process.execPath, words, { encoding: 'utf8', env });
  assert.match(inner.stdout, /^(# |ℹ )pass 1$/m);
  assert.equal(inner.status, 0, inner.stderr);
});
