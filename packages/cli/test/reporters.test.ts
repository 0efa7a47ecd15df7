import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { folderWith, netaudit } from './netaudit.js';

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
