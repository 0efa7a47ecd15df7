import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { connecting, folderWith, NOTHING_ALLOWED, netaudit } from './netaudit.js';

const command = ['--', process.execPath, '-e', 'console.log("of the command")'];

test('each --reporter with a file writes it, and the text is still on stderr', async () => {
  const cwd = folderWith({});
  const args = ['run', '--reporter', 'json=report.json', '--reporter', 'text=report.txt', ...command];
  const { code, stdout, stderr } = await netaudit(args, { cwd });
  expect({ code, stdout }).toEqual({ code: 0, stdout: 'of the command\n' });
  expect(stderr).toContain('netaudit: no violations');
  expect(JSON.parse(readFileSync(join(cwd, 'report.json'), 'utf8'))).toMatchObject({ verdict: 'clean' });
  expect(readFileSync(join(cwd, 'report.txt'), 'utf8')).toBe(stderr);
});

test('a document without a file has stdout alone, and other reporters are on stderr', async () => {
  const { stdout, stderr } = await netaudit(['run', '--reporter', 'json', '--reporter', 'text', ...command]);
  expect(JSON.parse(stdout)).toMatchObject({ verdict: 'clean' });
  expect(stderr).toContain('of the command\n');
  expect(stderr).toContain('netaudit: no violations');
});

test.each([
  ['an unknown reporter', ['--reporter', 'pdf=report.pdf'], /there is no reporter 'pdf'.*text, json/],
  ['a reporter with an empty file name', ['--reporter', 'json='], /reporter 'json=' names no file/],
  ['a reporter without a name', ['--reporter', '=a'], /there is no reporter ''/],
  ['two reporters for one file', ['--reporter', 'json=a', '--reporter', 'text=a'], /two reporters write 'a'/],
  ['a report where the hash of another goes', ['--reporter', 'json=a', '--reporter', 'text=a.sha256'], /'a\.sha256' is where the hash of/],
  ['two documents for stdout', ['--reporter', 'json', '--reporter', 'json'], /would be the second document on stdout/],
  ['--reporter beside --format', ['--reporter', 'json', '--format', 'json'], /'--format <format>' cannot be used with option '--reporter/],
  ['--reporter beside --output', ['--reporter', 'json', '--output', 'a'], /'--output <file>' cannot be used with option '--reporter/],
  ['a report into a missing folder', ['--reporter', 'json=none/a.json'], /cannot write 'none\/a\.json': no such folder/],
])('%s: exit 3, one line', async (_name, args, expected) => {
  const { code, stdout, stderr } = await netaudit(['run', ...args, ...command], { cwd: folderWith({}) });
  expect({ code, stdout, lines: stderr.split('\n').length }).toEqual({ code: 3, stdout: '', lines: 2 });
  expect(stderr).toMatch(expected);
});

test.each(['run', 'analyze', 'merge'])('netaudit %s --help lists the reporters', async (name) => {
  const { stdout } = await netaudit([name, '--help']);
  expect(stdout).toMatch(/^Reporters:\n {2}text +for people/m);
  expect(stdout).toMatch(/^ {2}json +for programs/m);
});

test('beside each report file is its hash, as sha256sum -c takes it, whatever the name', async () => {
  const cwd = folderWith({});
  const names = ['report.json', 'a name\\with\nall of it.txt'];
  await netaudit(['run', '--reporter', `json=${names[0]}`, '--reporter', `text=${join(cwd, names[1] ?? '')}`, ...command], { cwd });
  await netaudit(['run', '--output', 'one.txt', ...command], { cwd });
  for (const name of [...names, 'one.txt']) {
    expect(execFileSync('sha256sum', ['-c', `${name}.sha256`], { cwd, encoding: 'utf8' })).toMatch(/: OK\n$/);
  }
});

test('a report into what is no regular file has no hash beside it', async () => {
  expect(await netaudit(['run', '--output', '/dev/null', ...command])).toMatchObject({ code: 0 });
  expect(existsSync('/dev/null.sha256')).toBe(false);
});

test('a log of events is written beside the report, and gives it again', async () => {
  const cwd = folderWith({ 'netaudit.yaml': NOTHING_ALLOWED });
  const { code, stderr } = await netaudit(['run', '--reporter', 'jsonl=run.jsonl', '--', ...connecting(7)], { cwd });
  expect(code).toBe(1);
  const again = await netaudit(['analyze', 'run.jsonl'], { cwd });
  expect(again).toEqual({ code: 1, stdout: stderr, stderr: '' });
  expect((await netaudit(['analyze', '--reporter', 'jsonl=copy.jsonl', 'run.jsonl'], { cwd })).code).toBe(1);
  expect((await netaudit(['analyze', 'copy.jsonl'], { cwd })).stdout).toBe(stderr);
});

test('a log of events on stdout is alone there, line by line', async () => {
  const { stdout, stderr } = await netaudit(['run', '--reporter', 'jsonl', ...command]);
  const kinds = stdout
    .trimEnd()
    .split('\n')
    .map((line) => (JSON.parse(line) as { kind: string }).kind);
  expect([kinds[0], kinds.at(-1)]).toEqual(['head', 'tail']);
  expect(kinds).toContain('exec');
  expect(stderr).toBe('of the command\n');
});

test('reports have no events to log: merge refuses to make one', async () => {
  const { code, stderr } = await netaudit(['merge', '--reporter', 'jsonl=a', 'none.json'], { cwd: folderWith({}) });
  expect({ code, stderr }).toEqual({ code: 3, stderr: expect.stringContaining('reports have no events to log') });
});
