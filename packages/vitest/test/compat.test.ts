import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { isVitestProgram, isVitestRun } from '../src/compat.js';

const folder = mkdtempSync(join(tmpdir(), 'compat-'));
beforeAll(() => {
  mkdirSync(join(folder, 'vitest'));
  mkdirSync(join(folder, '.bin'));
  writeFileSync(join(folder, 'vitest/vitest.mjs'), '');
  writeFileSync(join(folder, 'vitest.mjs'), '');
  symlinkSync('../vitest/vitest.mjs', join(folder, '.bin/vitest'));
});
afterAll(() => rmSync(folder, { recursive: true }));

it.each([
  ['node_modules/vitest/vitest.mjs', join(folder, 'vitest/vitest.mjs'), true],
  ['the link in .bin, as npm and npx start it', join(folder, '.bin/vitest'), true],
  ['a path inside a zip file (Yarn PnP)', '/cache/vitest-npm-4.1.12-0a1b2c.zip/node_modules/vitest/vitest.mjs', true],
  ['a virtual path (Yarn PnP)', '/p/.yarn/__virtual__/vitest-virtual-0a1b/0/cache/vitest.zip/node_modules/vitest/vitest.mjs', true],
  ["an editor's own program", '/extensions/vitest.explorer-1.30.0/dist/worker.js', false],
  ["a user's program that drives Vitest", join(folder, 'vitest.mjs'), false],
  ['no program', undefined, false],
])("knows Vitest's command line: %s", (_, program, expected) => {
  expect(isVitestProgram(program)).toBe(expected);
});

it.each([
  ['the command line', { VITEST: 'true' }, {}, true],
  ['the Node API', {}, { plugins: [[{ name: 'mine' }, [{ name: 'vitest' }]]] }, true],
  ['vite build', {}, { plugins: [{ name: 'netaudit' }, null, Promise.resolve([])] }, false],
])('knows whose configuration it is: %s', (_, env, config, expected) => {
  expect(isVitestRun(env, config)).toBe(expected);
});
