import { spawnSync } from 'node:child_process';
import { mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { withoutPtrace } from './faults/without-ptrace.js';
import { bin, folderWith, netaudit } from './netaudit.js';

type Check = { readonly id: string; readonly status: string; readonly found: string; readonly fix?: string };
type Diagnosis = { readonly ready: boolean; readonly exitCode: number; readonly checks: readonly Check[] };

const diagnosisOf = ({ stdout }: { readonly stdout: string }): Diagnosis => JSON.parse(stdout) as Diagnosis;
const check = (diagnosis: Diagnosis, id: string) => diagnosis.checks.find((each) => each.id === id);

test('where an audit works the doctor says so, and every line that is not ok has a fix', async () => {
  const cwd = folderWith({ 'netaudit.yaml': 'version: 1\n' });
  const ended = await netaudit(['doctor', '--json'], { cwd });
  const diagnosis = diagnosisOf(ended);
  expect({ code: ended.code, stderr: ended.stderr, ready: diagnosis.ready }).toEqual({ code: 0, stderr: '', ready: true });
  for (const id of ['platform', 'node', 'strace', 'ptrace', 'yama', 'seccomp', 'container', 'temporary-folder', 'policy'])
    expect(check(diagnosis, id)).toMatchObject({ status: 'ok' });
  for (const { status, fix } of diagnosis.checks) expect(fix !== undefined).toBe(status !== 'ok');
  const { stdout } = await netaudit(['doctor'], { cwd });
  expect(stdout).toMatch(/^ok {7}strace \d+\.\d+.*\(\//m);
  expect(stdout).toMatch(/\nnetaudit: ready/);
});

test('without strace on PATH: exit 2, and how to install it', async () => {
  const bare = folderWith({});
  for (const name of ['sh', 'mkfifo', 'true'])
    symlinkSync(spawnSync('sh', ['-c', `command -v ${name}`], { encoding: 'utf8' }).stdout.trim(), join(bare, name));
  const ended = await netaudit(['doctor', '--json'], { env: { PATH: bare } });
  expect(ended.code).toBe(2);
  expect(check(diagnosisOf(ended), 'strace')).toMatchObject({ status: 'failed', fix: expect.stringContaining('apt install strace') });
  expect(check(diagnosisOf(ended), 'sh')).toBeUndefined();
});

test.runIf(spawnSync('perl', ['-e', '1']).status === 0)('under a seccomp filter that forbids ptrace: exit 2, and what to do', () => {
  const ended = spawnSync('perl', ['-e', withoutPtrace, '--', process.execPath, bin, 'doctor', '--json'], {
    cwd: folderWith({}),
    encoding: 'utf8',
  });
  expect(ended.status).toBe(2);
  const diagnosis = diagnosisOf(ended);
  expect(check(diagnosis, 'ptrace')).toMatchObject({ status: 'failed' });
  expect(check(diagnosis, 'seccomp')).toMatchObject({ status: 'failed', fix: expect.stringContaining('--cap-add SYS_PTRACE') });
});

test.runIf(process.getuid?.() === 0)('who is not root is told of a temporary folder that is not his', () => {
  const ended = spawnSync(process.execPath, [bin, 'doctor', '--json'], {
    cwd: '/',
    uid: 65_534,
    gid: 65_534,
    encoding: 'utf8',
    env: { ...process.env, TMPDIR: '/root' },
  });
  expect(ended.status).toBe(2);
  expect(check(diagnosisOf(ended), 'temporary-folder')).toMatchObject({ status: 'failed', fix: expect.stringContaining('TMPDIR') });
});

test('a policy or baseline that is wrong: exit 3, with the place', async () => {
  const ended = await netaudit(['doctor', '--json'], {
    cwd: folderWith({ 'netaudit.yaml': 'version: 1\nalowlist: []\n', 'netaudit-baseline.yaml': 'version: 2\nknown: []\n' }),
  });
  expect(ended.code).toBe(3);
  expect(check(diagnosisOf(ended), 'policy')).toMatchObject({
    status: 'failed',
    found: expect.stringContaining('netaudit.yaml:2:1'),
    fix: expect.any(String),
  });
  expect(check(diagnosisOf(ended), 'baseline')).toMatchObject({
    status: 'failed',
    found: expect.stringContaining('netaudit-baseline.yaml:1:10'),
  });
});

test('frameworks are found with their versions, and what they lack', async () => {
  const cwd = folderWith({
    'package.json': JSON.stringify({ scripts: { test: 'node --test' }, devDependencies: { jest: '1', vitest: '1' } }),
  });
  symlinkSync(new URL('../node_modules', import.meta.url).pathname, join(cwd, 'node_modules'));
  const diagnosis = diagnosisOf(await netaudit(['doctor', '--json'], { cwd, env: { NODE_PATH: '' } }));
  expect(check(diagnosis, 'vitest')).toMatchObject({
    status: 'warning',
    found: expect.stringMatching(/^vitest \d+\.\d+\.\d+, without @netaudit\/vitest$/),
    fix: 'npm install --save-dev @netaudit/vitest',
  });
  expect(check(diagnosis, 'jest')).toMatchObject({ status: 'warning', found: 'jest is not installed here' });
  expect(check(diagnosis, 'node:test')).toMatchObject({ status: 'warning', fix: 'npm install --save-dev @netaudit/node-test' });
  expect(check(diagnosis, 'mocha')).toBeUndefined();
});

test('in a workspace its packages are looked at, and the policy above a package is its own', async () => {
  const cwd = folderWith({ 'package.json': '{ "workspaces": ["packages/*"] }', 'netaudit.yaml': 'version: 1\nalowlist: []\n' });
  mkdirSync(join(cwd, 'packages/a'), { recursive: true });
  writeFileSync(join(cwd, 'packages/a/package.json'), '{ "scripts": { "test": "node --test --require @netaudit/node-test" } }');
  const [above, inside] = await Promise.all([
    netaudit(['doctor', '--json'], { cwd }),
    netaudit(['doctor', '--json'], { cwd: join(cwd, 'packages/a') }),
  ]);
  expect(check(diagnosisOf(above), 'node:test')).toMatchObject({ found: expect.stringMatching(/^packages\/a: node:test/) });
  for (const ended of [above, inside]) {
    expect(ended.code).toBe(3);
    expect(check(diagnosisOf(ended), 'policy')).toMatchObject({ status: 'failed', found: expect.stringContaining('netaudit.yaml:2:1') });
  }
});
