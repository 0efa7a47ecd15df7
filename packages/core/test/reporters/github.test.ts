import { expect, test, vi } from 'vitest';
import { jobSummary, type Report, renderers } from '../../src/index.js';
import { manyViolations, reportOf, reports } from './reports.js';

/** Ten thousand violations on a busy machine. */
vi.setConfig({ testTimeout: 60_000 });

type WorkflowCommand = { readonly command: string; readonly properties: Readonly<Record<string, string>>; readonly data: string };

/**
 * A line as the runner of GitHub Actions reads it (its ActionCommand: `::name key=value,…::data`, the line may begin with spaces; `%` is
 * unescaped last); null for one that is no command.
 */
const readCommand = (line: string): WorkflowCommand | null => {
  const text = line.trimStart();
  const end = text.indexOf('::', 2);
  if (!text.startsWith('::') || end < 0) return null;
  const head = text.slice(2, end);
  const space = head.indexOf(' ');
  const [command, list] = space < 0 ? [head, ''] : [head.slice(0, space), head.slice(space + 1).trim()];
  const pairs = list.split(',').flatMap((pair) => {
    const at = pair.indexOf('=');
    return at > 0 && at < pair.length - 1 ? [[pair.slice(0, at), decoded(pair.slice(at + 1), { ...DATA, ...PROPERTY })] as const] : [];
  });
  return { command, properties: Object.fromEntries(pairs), data: decoded(text.slice(end + 2), DATA) };
};

const decoded = (text: string, tokens: Readonly<Record<string, string>>): string =>
  Object.entries({ ...tokens, '%25': '%' }).reduce((shown, [code, token]) => shown.replaceAll(code, token), text);

const DATA = { '%0D': '\r', '%0A': '\n' };
const PROPERTY = { '%3A': ':', '%2C': ',' };

const commandsOf = (report: Report): WorkflowCommand[] =>
  renderers.github
    .render(report)
    .split('\n')
    .map((line) => readCommand(line) ?? { command: 'none', properties: {}, data: line });

test.each(reports())('%s is commands that the runner knows, ten of a kind at most, none too long', (_, report) => {
  const commands = commandsOf(report);
  const kinds = commands.map(({ command }) => command);
  expect(kinds.filter((kind) => !['error', 'warning', 'notice', 'debug'].includes(kind))).toEqual([]);
  for (const kind of ['error', 'warning', 'notice']) expect(kinds.filter((each) => each === kind).length).toBeLessThanOrEqual(10);
  expect(kinds.includes('error')).toBe(report.verdict !== 'clean');
  for (const { data, properties } of commands) {
    expect(data.length).toBeLessThanOrEqual(4_096);
    expect(Object.keys(properties).every((key) => ['file', 'line', 'col', 'title'].includes(key))).toBe(true);
  }
});

test('an annotation is at the call, with what happened and what to do', () => {
  expect(commandsOf(reportOf('tests-that-ran'))[0]).toEqual({
    command: 'error',
    properties: { file: 'src/pay.ts', line: '7', col: '11', title: 'netaudit NA601 violation: A connection that no rule allows' },
    data: expect.stringMatching(/^203\.0\.113\.10:443 is not allowed .*\nv-00000001: mock it/),
  });
});

test('foreign text comes back as it was, and adds no command, property or line', () => {
  const commands = commandsOf(reportOf('hostile-names'));
  expect(commands.map(({ properties }) => properties.file)).toContain('test/%0A::error::injected%0D.test.ts');
  expect(commands.map(({ properties }) => properties.file)).toContain('src/::error::injected.ts');
  expect(commands).toHaveLength(10 + 6 + 1);
});

test('what is more than ten is counted, and in the summary, which says what it leaves out', () => {
  const report = manyViolations(10_000, 2);
  expect(commandsOf(report).at(-1)).toMatchObject({ command: 'notice', data: expect.stringMatching(/^9990 more in the job summary/) });
  const summary = jobSummary(report);
  const rows = summary.split('\n').filter((line) => line.startsWith('| NA601'));
  expect(Buffer.byteLength(summary)).toBeLessThan(1024 * 1024);
  expect(rows.length).toBeGreaterThan(2_000);
  expect(summary).toContain(`\n${10_000 - rows.length} more of 10000 are left out here`);
});

test('a summary keeps to the room that is left in its file', () => {
  for (const room of [2_000, 10_000, 200_000])
    expect(Buffer.byteLength(jobSummary(manyViolations(3_000, 3), room))).toBeLessThanOrEqual(room);
});
