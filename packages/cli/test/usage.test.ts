import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { folderWith, netaudit } from './netaudit.js';

const mark = ['--', process.execPath, '-e', 'require("fs").writeFileSync("ran", "")'];

test.each<[string, string[], RegExp]>([
  ['no command', [], /no command given; write 'netaudit run -- npm test'/],
  ['run without a command to run', ['run'], /no command to run; .*netaudit run -- npm test/],
  ['run with options alone', ['run', '--format', 'json', '--'], /no command to run/],
  ['an unknown command', ['runn'], /unknown command 'runn' \(Did you mean run\?\)/],
  ['an unknown option', ['run', '--fromat', 'json', ...mark], /unknown option '--fromat' \(Did you mean --format\?\)/],
  ['an unknown format', ['run', '--format', 'xml', ...mark], /'xml' is invalid\. Allowed choices are text, json/],
  ['an option without its value', ['analyze', '--allowlist'], /argument missing/],
  ['a baseline that is not there', ['run', '--baseline', 'none.yaml', ...mark], /none\.yaml:1:1: cannot read the baseline: no such file/],
  ['baseline without a report', ['baseline'], /netaudit-report\.json: cannot read the report: no such file; make one with/],
  ['--all without --prune', ['baseline', '--all'], /--all is for --prune/],
  ['analyze without a trace', ['analyze'], /missing required argument 'trace'/],
  ['analyze with two traces', ['analyze', 'a', 'b'], /too many arguments/],
  ['a trace that is not there', ['analyze', 'none.trace'], /cannot read the trace 'none\.trace': no such file/],
  ['a folder without traces', ['analyze', '.'], /the folder '\.' holds no traces of strace -ff/],
  [
    'an allowlist that is not there',
    ['run', '--allowlist', 'none.yaml', ...mark],
    /none\.yaml:1:1: cannot read the allowlist: no such file/,
  ],
  ['a report into a missing folder', ['run', '--output', 'none/report.txt', ...mark], /cannot write 'none\/report\.txt': no such folder/],
  ['a report onto a folder', ['run', '--output', '.', ...mark], /cannot write '\.': it is a folder/],
  ['a trace into a missing folder', ['run', '--keep-trace', 'none/t', ...mark], /cannot write 'none\/t': no such folder/],
  ['a program that is not there', ['run', '--', 'no-such-program-4711'], /no-such-program-4711/],
])('%s: exit 3, one line, nothing is run', async (_name, args, expected) => {
  const cwd = folderWith({});
  const { code, stdout, stderr } = await netaudit(args, { cwd });
  expect({ code, stdout, lines: stderr.split('\n').length }).toEqual({ code: 3, stdout: '', lines: 2 });
  expect(stderr).toMatch(expected);
  expect(stderr).toMatch(/^netaudit: /);
  expect(existsSync(join(cwd, 'ran'))).toBe(false);
});

test('a mistake in netaudit.yaml: exit 3, its place, the lines around it, and nothing is run', async () => {
  const cwd = folderWith({ 'netaudit.yaml': 'version: 1\nalowlist: []\nx: 1\n' });
  const { code, stdout, stderr } = await netaudit(['run', ...mark], { cwd });
  expect({ code, stdout }).toEqual({ code: 3, stdout: '' });
  expect(stderr.split('\n')[0]).toMatch(/^netaudit: netaudit\.yaml:2:1: unknown key 'alowlist'.*did you mean allowlist\?/);
  expect(stderr).toContain('> 2 | alowlist: []\n    | ^\n');
  expect(stderr).toContain("netaudit.yaml:3:1: unknown key 'x'");
  expect(stderr).not.toContain('    at ');
  expect(existsSync(join(cwd, 'ran'))).toBe(false);
});

test('control characters of a file name do not reach the terminal', async () => {
  const { stderr } = await netaudit(['analyze', '\u001b[31mred']);
  expect(stderr).toContain('\\u{1b}[31mred');
  expect(stderr).not.toContain('\u001b');
});

test('--version is that of the package', async () => {
  const { version } = JSON.parse(readFileSync(new URL('../package.json', import.meta.url), 'utf8')) as { version: string };
  expect(await netaudit(['--version'])).toEqual({ code: 0, stdout: `${version}\n`, stderr: '' });
});

test('--help lists both commands and the exit codes', async () => {
  const { code, stdout, stderr } = await netaudit(['--help']);
  expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
  expect(stdout).toMatch(/^ {2}run /m);
  expect(stdout).toMatch(/^ {2}analyze /m);
  expect(stdout).toMatch(/^ {2}3 {2}wrong usage/m);
});

test('strace that is missing is exit 2, and how to install it is said', async () => {
  const bare = folderWith({});
  const { code, stderr } = await netaudit(['run', '--', process.execPath, '-e', ''], { env: { PATH: bare } });
  expect(code).toBe(2);
  expect(stderr).toContain('apt install strace');
});
