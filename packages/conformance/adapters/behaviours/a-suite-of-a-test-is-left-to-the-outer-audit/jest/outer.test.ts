import { spawnSync } from 'node:child_process';
import { expect, test } from './framework.js';

test('runs jest itself', () => {
  const inner = spawnSync(process.execPath, ['node_modules/jest/bin/jest.js', '--testMatch', '**/inner/*.spec.js'], { encoding: 'utf8' });
  expect(inner.status).toBe(0);
}, 30_000);
