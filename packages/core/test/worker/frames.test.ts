import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, it, test } from 'vitest';
import { packageTitle, readFrames } from '../../src/integration/worker/frames.js';
import { folderWith } from '../folder.js';

const frame = (line: string) => readFrames(`Error: text\n${line}`)[0] ?? null;

it.each([
  ['    at pay (/p/src/pay.ts:12:9)', { path: '/p/src/pay.ts', line: 12, column: 9, function: 'pay', package: null }],
  ['    at /p/src/pay.ts:12:9', { path: '/p/src/pay.ts', line: 12, column: 9, function: null, package: null }],
  ['    at async pay (file:///p/a%20b/pay.ts:1:2)', { path: '/p/a b/pay.ts', line: 1, column: 2, function: 'pay', package: null }],
  ['    at async /p/pay.ts:3:4', { path: '/p/pay.ts', line: 3, column: 4, function: null, package: null }],
  ['    at Object.<anonymous> (/p/pay.ts:3:4)', { path: '/p/pay.ts', line: 3, column: 4, function: null, package: null }],
  [
    '    at Client.send [as post] (/p/pay.ts:3:4)',
    { path: '/p/pay.ts', line: 3, column: 4, function: 'Client.send [as post]', package: null },
  ],
  ['    at new Shop (/@fs/p/shop.ts?v=1f:3:4)', { path: '/p/shop.ts', line: 3, column: 4, function: 'new Shop', package: null }],
  ['    at f (/p/node_modules/a/i.js:1:2)', { path: '/p/node_modules/a/i.js', line: 1, column: 2, function: 'f', package: 'a' }],
  [
    '    at f (/p/node_modules/.pnpm/@s+a@1.0.0/node_modules/@s/a/i.js:1:2)',
    { path: '/p/node_modules/.pnpm/@s+a@1.0.0/node_modules/@s/a/i.js', line: 1, column: 2, function: 'f', package: '@s/a' },
  ],
  ['    at Socket.connect (node:net:1243:24)', null],
  ['    at node:internal/main/worker_thread:1:1', null],
  ['    at new Promise (<anonymous>)', null],
  ['    at eval (eval at f (/p/pay.ts:1:2), <anonymous>:1:1)', null],
  ['    at run (/p/node_modules/vitest/dist/runner.js:1:2)', null],
  ['    at enter (/p/node_modules/@netaudit/core/dist/worker.js:1:2)', null],
  ['    called   src/pay.ts:1:2', null],
])('%s', (line, expected) => {
  expect(frame(line)).toEqual(expected);
});

test('files of this package and of its adapters are left out, their tests are not', () => {
  const here = fileURLToPath(new URL('../..', import.meta.url));
  expect(frame(`    at f (${here}src/a.ts:1:2)`)).toBeNull();
  expect(frame(`    at f (${join(here, '../vitest')}/dist/setup.js:1:2)`)).toBeNull();
  expect(frame(`    at f (${here}test/a.test.ts:1:2)`)).not.toBeNull();
});

test('a package is named with its version, and by its name alone where that can not be read', () => {
  const folder = join(folderWith(), 'node_modules/@s/a');
  expect(packageTitle(`${folder}/i.js`)).toBe('@s/a');
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, 'package.json'), '{"version": "1.2.3"}');
  expect(packageTitle(`${folder}/lib/i.js`)).toBe('@s/a@1.2.3');
});
