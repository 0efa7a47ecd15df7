import { equal } from 'node:assert/strict';
import { spawnSync } from 'node:child_process';

it('runs mocha itself', () => {
  const words = ['--no-config', '--parallel', '--jobs', '2', '--require', '@netaudit/mocha', 'inner/inner.spec.js'];
  const inner = spawnSync(process.execPath, ['node_modules/mocha/bin/mocha.js', ...words], { encoding: 'utf8' });
  equal(inner.status, 0, inner.stdout + inner.stderr);
});
