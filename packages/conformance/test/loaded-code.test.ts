import { spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { expect, it } from 'vitest';

const packages = fileURLToPath(new URL('../..', import.meta.url));

/** Every file that a fresh Node loads with these arguments, from `packages/` on; those outside of it by their whole path. */
const filesLoaded = (args: readonly string[]): string[] => {
  const folder = mkdtempSync(join(tmpdir(), 'loaded-'));
  try {
    const { status, stderr } = spawnSync(process.execPath, args, {
      encoding: 'utf8',
      env: { ...process.env, NETAUDIT: '0', NODE_OPTIONS: '', NODE_V8_COVERAGE: folder },
    });
    expect(status, stderr).toBe(0);
    const scripts = readdirSync(folder).flatMap((name) => (JSON.parse(readFileSync(join(folder, name), 'utf8')) as Coverage).result);
    return scripts.flatMap(({ url }) =>
      url.startsWith('file:') && !url.includes('[eval') ? [fileURLToPath(url).replace(packages, '')] : [],
    );
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
};

/** What NODE_V8_COVERAGE writes lists each script that was loaded. */
type Coverage = { readonly result: readonly { readonly url: string }[] };

const importing = (path: string): string[] => ['--input-type=module', '-e', `await import('${pathToFileURL(join(packages, path))}')`];
const isOwn = (file: string): boolean =>
  /^(core|cli|vitest|jest|mocha|node-test)\/dist\//.test(file) && !file.startsWith('core/dist/libraries/');

/** An entry, and how many KB of our code it may load. Today's figure and some room; the supervisor's part alone is some 300. */
const entries: readonly (readonly [what: string, args: readonly string[], limit: number])[] = [
  ['@netaudit/vitest', importing('vitest/dist/index.js'), 220],
  ['@netaudit/jest', importing('jest/dist/index.cjs'), 240],
  ['@netaudit/jest, in a worker', importing('jest/dist/jest/build/runner.cjs'), 100],
  ['@netaudit/mocha', importing('mocha/dist/index.js'), 220],
  ['@netaudit/node-test', importing('node-test/dist/index.cjs'), 240],
  ['what the adapters have in workers', importing('core/dist/integration/worker/index.js'), 100],
  ['all of the adapters', importing('core/dist/integration/index.js'), 600],
  ['@netaudit/core', importing('core/dist/index.js'), 700],
];

it.each(entries)('%s: no code of others, and little of ours', (_, args, limit) => {
  const files = filesLoaded(args);
  expect(files.filter((file) => !isOwn(file))).toEqual([]);
  const kilobytes = files.reduce((sum, file) => sum + statSync(join(packages, file)).size, 0) / 1000;
  expect(kilobytes).toBeGreaterThan(0);
  expect(kilobytes).toBeLessThan(limit);
});

it('netaudit --version: the command line alone', () => {
  const files = filesLoaded([join(packages, 'cli/dist/main.js'), '--version']);
  expect(files.filter((file) => !/^cli\/dist\//.test(file) && !file.includes('/node_modules/commander/'))).toEqual([]);
  expect(files).toContain('cli/dist/main.js');
});
