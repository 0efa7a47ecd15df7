import { spawnSync } from 'node:child_process';
import { connect } from './connect.js';
import { afterAll, expect, test } from './framework.js';

test('charges a card', () => connect(4301));
test('is innocent', () => {});
test('runs Jest itself', () => {
  const words = ['node_modules/jest/bin/jest.js', '--testMatch', '**/inner.spec.js'];
  const inner = spawnSync(process.execPath, words, { encoding: 'utf8', env: { ...process.env, INNER: '1' } });
  expect(inner.status).toBe(0);
  expect(inner.stderr).not.toContain('netaudit');
}, 30_000);
afterAll(() => connect(4302));
