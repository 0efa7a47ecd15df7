import { join } from 'node:path';
import { stripVTControlCharacters } from 'node:util';
import { root } from '../paths.mjs';
import { runApart } from './run-apart.mjs';

const folder = join(root, 'examples/vitest');
const lab = join(root, 'packages/conformance/lab/lab.sh');
const vitest = join(folder, 'node_modules/.bin/vitest');

/**
 * Runs examples/vitest in the lab, with a policy under which two of its tests must fail, and returns the part of its output that the README shows: each file
 * with its tests, and the failures, in the order in which they were printed.
 */
export async function exampleOutput(env, { colours }) {
  const settings = { ALLOWLIST: 'netaudit.yaml', NETAUDIT_REPORT: undefined, NETAUDIT: undefined };
  const colour = colours ? { FORCE_COLOR: '1', NO_COLOR: undefined } : { NO_COLOR: '1', FORCE_COLOR: undefined };
  const ended = await runApart(lab, ['--', vitest, 'run', '--reporter=default'], { cwd: folder, env: { ...env, ...settings, ...colour } });
  const parts = [testsIn(ended.stdout), failuresIn(ended.stderr)];
  if (ended.code !== 1 || parts.some((part) => part === ''))
    throw new Error(`the example did not fail as it should (${ended.code})\n${ended.stdout}${ended.stderr}`);
  return parts.join('\n\n');
}

/** Runs the same under `netaudit run`, which writes its report as a page into `file`. */
export async function examplePage(env, file) {
  const netaudit = [
    process.execPath,
    join(root, 'packages/cli/dist/main.js'),
    'run',
    '--allowlist',
    'netaudit.yaml',
    '--reporter',
    `html=${file}`,
  ];
  const { code, stderr } = await runApart(lab, ['--', ...netaudit, '--', vitest, 'run'], {
    cwd: folder,
    env: { ...env, NETAUDIT: undefined },
  });
  if (code !== 1) throw new Error(`the example did not fail as it should (${code})\n${stderr}`);
}

/** What stays the same from run to run, whatever is printed first: the lines in a fixed order, without times and pids. */
export const steady = (text) =>
  text
    .split('\n')
    .map((line) => line.replace(/\b\d+ms\b/g, '?ms').replace(/\bpid \d+/g, 'pid ?'))
    .sort()
    .join('\n');

/** The lines of test files and tests. */
const testsIn = (stdout) =>
  linesWhere(stdout, (line) => /^ +[❯✓×] /.test(line))
    .join('\n')
    .replace(/^\n+/, '');

/** From the heading to netaudit's own list, without the rules between failures. */
function failuresIn(stderr) {
  const lines = stderr.split('\n');
  const plain = lines.map((line) => stripVTControlCharacters(line));
  const begin = plain.findIndex((line) => /^⎯+ Failed Tests/.test(line));
  const end = plain.findIndex((line) => /^=+$/.test(line));
  const kept = lines.slice(begin, end).filter((_, index) => !/^⎯+(\[\d+\/\d+\]⎯)?$/.test(plain[begin + index]));
  return begin < 0 || end < 0
    ? ''
    : kept
        .join('\n')
        .replace(/\n{3,}/g, '\n\n')
        .trimEnd();
}

const linesWhere = (text, holds) => text.split('\n').filter((line) => holds(stripVTControlCharacters(line)));
