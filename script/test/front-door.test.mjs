import { spawnSync } from 'node:child_process';
import { cpSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { childEnvironment } from '../environment.mjs';
import { root } from '../paths.mjs';
import { advice, missingPrograms } from '../system-tools.mjs';

test('what npm tells its scripts is not passed on, except how to reach the registry', () => {
  const given = {
    HOME: '/h',
    PATH: '/bin',
    npm_config_registry: 'r',
    npm_config_yes: '',
    npm_package_name: 'n',
    npm_lifecycle_event: 'test',
  };
  const { TURBO_TELEMETRY_DISABLED, DO_NOT_TRACK, COREPACK_ENABLE_DOWNLOAD_PROMPT, ...rest } = childEnvironment(given, '/shim');
  expect(rest).toEqual({ HOME: '/h', PATH: '/shim:/bin', npm_config_registry: 'r' });
  expect([TURBO_TELEMETRY_DISABLED, DO_NOT_TRACK, COREPACK_ENABLE_DOWNLOAD_PROMPT]).toEqual(['1', '1', '0']);
});

test('on an empty path every program is missing, and the advice names each package once', () => {
  const missing = missingPrograms('/nowhere');
  expect(missing.map(({ name }) => name)).toContain('strace');
  expect(advice(missing, process.env.PATH).match(/util-linux/g)).toHaveLength(1);
});

test('the browser is asked for only where pages are looked at', () => {
  const namesOf = (options) => missingPrograms('/nowhere', options).map(({ name }) => name);
  expect(namesOf({})).not.toContain('chromium');
  expect(namesOf({ browser: true })).toContain('chromium');
});

test('the front door opens where no package is installed yet', () => {
  const folder = mkdtempSync(join(tmpdir(), 'front-door-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  cpSync(join(root, 'script'), join(folder, 'script'), { recursive: true });
  cpSync(join(root, 'package.json'), join(folder, 'package.json'));
  const { status, stderr } = spawnSync(process.execPath, ['script/dev.mjs', 'no-such-task'], { cwd: folder, encoding: 'utf8' });
  expect({ status, stderr }).toEqual({ status: 1, stderr: expect.stringMatching(/^Usage: node script\/dev\.mjs build\|test\|/) });
});
