import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { connecting, folderWith, lastLine, NOTHING_ALLOWED, netaudit, QUIET, withoutId } from './netaudit.js';

const violating = (code = 0) => ({ args: ['run', '--', ...connecting(code)], cwd: folderWith({ 'netaudit.yaml': NOTHING_ALLOWED }) });

test("loopback is allowed: exit 0, and stdout is the command's alone", async () => {
  const { code, stdout, stderr } = await netaudit(['run', '--', ...connecting()], { cwd: folderWith({ 'netaudit.yaml': QUIET }) });
  expect({ code, stdout }).toEqual({ code: 0, stdout: 'from the command\n' });
  expect(withoutId(stderr)).toBe(`netaudit: no violations\n${lastLine('verdict=clean violations=0 findings=0 gaps=0 exit=0')}`);
});

test("without violations the code is the command's", async () => {
  const { code, stderr } = await netaudit(['run', '--', ...connecting(7)], { cwd: folderWith({ 'netaudit.yaml': QUIET }) });
  expect(code).toBe(7);
  const last = lastLine('verdict=clean violations=0 findings=0 gaps=0 exit=7');
  expect(withoutId(stderr)).toBe(`netaudit: no violations\n  command exited with 7\n${last}`);
});

test('a command that is killed ends with 128 and the number of the signal', async () => {
  const { code, stderr } = await netaudit([
    'run',
    '--',
    process.execPath,
    '-e',
    'process.kill(process.pid, "SIGTERM"); setTimeout(() => {}, 9000)',
  ]);
  expect(code).toBe(143);
  expect(stderr).toContain('command was killed by SIGTERM');
});

test('netaudit.yaml of the folder is used: a violation is exit 1, and its report is on stderr', async () => {
  const { args, cwd } = violating();
  const { code, stdout, stderr } = await netaudit(args, { cwd });
  expect({ code, stdout }).toEqual({ code: 1, stdout: 'from the command\n' });
  expect(stderr).toMatch(
    /^={60}\n {2}netaudit: 1 violation detected\n={60}\n {2}AF_INET 127\.0\.0\.1:9 \(count=1, pids=\[\d+\]\) {2}v-[0-9a-f]{8}\n/,
  );
});

test('the rule that a report offers allows the destination', async () => {
  const { args, cwd } = violating();
  const { stderr } = await netaudit(args, { cwd });
  const rule = stderr.slice(stderr.indexOf('  - name:'), stderr.lastIndexOf('\n\n') + 1);
  const fixed = folderWith({ 'netaudit.yaml': `${NOTHING_ALLOWED}${rule}` });
  expect(await netaudit(args, { cwd: fixed })).toMatchObject({ code: 0 });
});

test('violations of a command that failed are exit 1, and both are said', async () => {
  const { args, cwd } = violating(3);
  const { code, stderr } = await netaudit(args, { cwd });
  expect(code).toBe(1);
  expect(stderr).toContain('1 violation detected');
  expect(stderr).toContain('  command exited with 3\n');
});

test('--allowlist goes before netaudit.yaml', async () => {
  const cwd = folderWith({ 'netaudit.yaml': 'broken', 'other.yaml': 'version: 1\n' });
  expect(await netaudit(['run', '--allowlist', 'other.yaml', '--', ...connecting()], { cwd })).toMatchObject({ code: 0 });
});

test("with --format json the report alone is on stdout, and the command's stdout on stderr", async () => {
  const cwd = folderWith({ 'netaudit.yaml': NOTHING_ALLOWED });
  const { code, stdout, stderr } = await netaudit(['run', '--format', 'json', '--', ...connecting(3)], { cwd });
  expect(code).toBe(1);
  expect(stderr).toBe('from the command\n');
  expect(JSON.parse(stdout)).toMatchObject({
    verdict: 'violations',
    exitCode: 1,
    summary: { total: 1 },
    violations: [{ family: 'AF_INET', addr: '127.0.0.1', port: 9 }],
    command: { exitCode: 3, signal: null },
  });
});

test("with --output the report is in the file, and stdout is the command's", async () => {
  const cwd = folderWith({});
  const { code, stdout, stderr } = await netaudit(['run', '--format', 'json', '--output', 'report.json', '--', ...connecting()], { cwd });
  expect({ code, stdout, stderr }).toEqual({
    code: 0,
    stdout: 'from the command\n',
    stderr: 'netaudit: clean; the report is in report.json\n',
  });
  expect(JSON.parse(readFileSync(join(cwd, 'report.json'), 'utf8'))).toMatchObject({ verdict: 'clean' });
});

test('a refused port of loopback is a warning, and exit 0', async () => {
  const { code, stderr } = await netaudit(['run', '--', ...connecting()]);
  expect(code).toBe(0);
  expect(stderr).toMatch(/^netaudit: no violations\n {2}warning: refused-loopback: unmocked request to localhost:9: /);
});

test('--verbose lists the allowed connections with their rules, and how they ended', async () => {
  const { stderr } = await netaudit(['run', '-v', '--', ...connecting()]);
  expect(stderr).toMatch(/^AF_INET {6}127\.0\.0\.1:9 {20}OK {9}loopback \(IPv4\) {10}refused$/m);
});

test("options after the command are the command's, with and without --", async () => {
  const show = [process.execPath, '-e', 'console.log(process.argv.slice(1).join(" "))', '--', '--format', 'xml', '-v', '--help'];
  for (const args of [
    ['run', ...show],
    ['run', '--', ...show],
  ]) {
    expect(await netaudit(args)).toMatchObject({ code: 0, stdout: '--format xml -v --help\n' });
  }
});

test('the command reads the standard input', async () => {
  expect(await netaudit(['run', '--', 'cat'], { input: 'given' })).toMatchObject({ code: 0, stdout: 'given' });
});

test.each([
  ['fail', 1, /1 violation detected/],
  ['warn', 7, /1 violation detected/],
  ['report', 7, /^$/],
])('--mode %s: exit %i', async (mode, code, says) => {
  const { args, cwd } = violating(7);
  const { stderr, ...ended } = await netaudit(['run', '--mode', mode, '--reporter', 'json=report.json', ...args.slice(1)], { cwd });
  expect({ ...ended, exitCode: JSON.parse(readFileSync(join(cwd, 'report.json'), 'utf8')).exitCode }).toEqual({
    code,
    stdout: 'from the command\n',
    exitCode: code,
  });
  expect(stderr).toMatch(says);
});

test('a mode that is none: exit 3', async () => {
  expect(await netaudit(['run', '--mode', 'off', '--', 'true'])).toMatchObject({
    code: 3,
    stderr: expect.stringMatching(/fail, warn, report/),
  });
});
