import { expect, test, vi } from 'vitest';
import { jobSummary, type Report, renderers } from '../../src/index.js';
import { readCommand, type WorkflowCommand } from './readers.js';
import { manyViolations, reportOf, reports } from './reports.js';

/** Ten thousand violations on a busy machine. */
vi.setConfig({ testTimeout: 60_000 });

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

test('a comma or colon in the name of a file begins no property', () => {
  const {
    violations: [violation],
    ...report
  } = reportOf('one-violation');
  const site = { file: 'src/a,line=9,title=b%2C:c.ts', line: 3, column: 4, function: null };
  const scopes = violation?.scopes.map((scope) => ({ ...scope, origins: [{ call: 'w:1', host: null, package: null, site }] })) ?? [];
  const [command] = commandsOf({ ...report, violations: violation ? [{ ...violation, scopes }] : [] });
  expect(command?.properties).toMatchObject({ file: site.file, line: '3', col: '4' });
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
  for (const report of [manyViolations(3_000, 3), reportOf('hostile-names'), reportOf('incomplete-many-gaps')]) {
    for (const room of [200, 2_000, 10_000, 200_000]) expect(Buffer.byteLength(jobSummary(report, room))).toBeLessThanOrEqual(room);
  }
});
