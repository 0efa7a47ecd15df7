import { spawnSync } from 'node:child_process';
import { expect, test } from 'vitest';

test('runs vitest itself', () => {
  const inner = spawnSync(
    process.execPath,
    ['node_modules/vitest/vitest.mjs', 'run', '--root', 'inner', '--config', '../vitest.config.ts'],
    { encoding: 'utf8' },
  );
  expect(inner.status).toBe(0);
}, 30_000);
