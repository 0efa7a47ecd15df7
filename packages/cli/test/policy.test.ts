import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { folderWith, netaudit } from './netaudit.js';

const base = 'version: 1\nloopback: own-servers\nallowlist:\n  - { name: api, host: api.example.com, port: 443 }\n';

/** A workspace with a package that has a policy of its own. */
const workspace = (policy: string): string => {
  const folder = folderWith({ 'pnpm-workspace.yaml': '', 'netaudit.yaml': base });
  mkdirSync(join(folder, 'a'));
  writeFileSync(join(folder, 'a/netaudit.yaml'), policy);
  return join(folder, 'a');
};

test('config print shows the policy of a package on top of that of its workspace, with origins', async () => {
  const cwd = workspace('version: 1\ndeny:\n  - { name: no, host: "*.segment.example" }\n');
  const { code, stdout } = await netaudit(['config', 'print'], { cwd });
  expect(code).toBe(0);
  expect(stdout).toContain('# effective policy of netaudit.yaml, ../netaudit.yaml\n');
  expect(stdout).toContain('loopback: "own-servers" # ../netaudit.yaml\n');
  expect(stdout).toMatch(
    /deny:\n {2}# netaudit\.yaml:3:5\n {2}- name: no\n[\s\S]*allowlist:\n {2}# \.\.\/netaudit\.yaml:4:5\n {2}- name: api\n/,
  );
  const json = await netaudit(['config', 'print', '--json', '--policy', '../netaudit.yaml'], { cwd });
  expect(JSON.parse(json.stdout)).toMatchObject({ files: ['../netaudit.yaml'], settings: { loopback: { origin: '../netaudit.yaml' } } });
});

test('lint tells of rules that do nothing or too much, and fails by their level or --strict', async () => {
  const cwd = workspace(
    'version: 1\nallowlist:\n  - { name: old, host: old.example.com, expires: 2020-01-01 }\n  - { host: api.example.com }\n',
  );
  const { code, stdout } = await netaudit(['lint'], { cwd });
  expect(code).toBe(0);
  expect(stdout).toBe(
    'netaudit.yaml:3:5: warning: expired-rule: old expired after 2020-01-01\n' +
      '../netaudit.yaml:4:5: warning: shadowed-rule: api is never reached: host api.example.com matches first\n' +
      'netaudit: 2 to look at\n',
  );
  expect((await netaudit(['lint', '--strict'], { cwd })).code).toBe(1);
  const json = await netaudit(['lint', 'netaudit.yaml', '--json'], { cwd });
  expect(JSON.parse(json.stdout)).toMatchObject({
    valid: true,
    errors: [],
    findings: [{ code: 'expired-rule', place: 'netaudit.yaml:3:5' }],
  });
  writeFileSync(join(cwd, 'strict.yaml'), 'version: 1\nextends: ./netaudit.yaml\nfindings: { expired-rule: fail }\n');
  expect((await netaudit(['lint', 'strict.yaml'], { cwd })).code).toBe(1);
});

test('lint of a policy with mistakes tells all, and exits with 3', async () => {
  const cwd = folderWith({ 'netaudit.yaml': 'version: 1\nallowlist:\n  - { host: "https://x" }\n  - { host: a.test, prots: 1 }\n' });
  const { code, stdout, stderr } = await netaudit(['lint'], { cwd });
  expect({ code, stdout }).toEqual({ code: 3, stdout: '' });
  expect(stderr).toMatch(/netaudit\.yaml:3:13: host is 'https:\/\/x'.*\[NA109 ALLOWLIST_HOST\] see netaudit explain NA109\n/);
  expect(stderr).toMatch(/netaudit\.yaml:4:21: unknown key 'prots'.*did you mean ports\?/);
  const json = await netaudit(['lint', '--json'], { cwd });
  expect(json.code).toBe(3);
  expect(JSON.parse(json.stdout)).toMatchObject({ valid: false, errors: [{ number: 'NA109', line: 3, column: 13 }, {}] });
});

test('a policy that is named replaces those of the folder', async () => {
  const cwd = workspace('version: 1\nbad: 1\n');
  writeFileSync(join(cwd, 'other.yaml'), 'version: 1\n');
  const command = ['--', process.execPath, '-e', '0'];
  expect((await netaudit(['run', ...command], { cwd })).code).toBe(3);
  expect((await netaudit(['run', '--policy', 'other.yaml', ...command], { cwd })).code).toBe(0);
  expect((await netaudit(['run', '--policy', 'other.yaml', '--allowlist', 'other.yaml', ...command], { cwd })).stderr).toMatch(
    /are the same option/,
  );
});
