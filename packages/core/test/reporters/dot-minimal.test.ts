import { expect, test, vi } from 'vitest';
import { type Report, renderers } from '../../src/index.js';
import { manyViolations, reportOf, reports } from './reports.js';

/** Ten thousand violations on a busy machine. */
vi.setConfig({ testTimeout: 60_000 });

const linesOf = (report: Report, verbose = false): string[] => renderers['dot-minimal'].render(report, { verbose }).split('\n');

test.each(reports())('%s is a line for each problem, with a place and a code, and the last line is JSON', (_, report) => {
  const lines = linesOf(report);
  const counts = JSON.parse(lines.at(-1) ?? '') as Record<string, unknown>;
  expect(counts).toMatchObject({ netaudit: report.verdict, exit: report.exitCode, violations: report.violations.length });
  for (const line of lines.slice(0, -1)) expect(line).toMatch(/^.+:\d+:\d+ NA\d{3} .+: .+$/);
});

test('a clean run is one line', () => {
  expect(linesOf(reportOf('clean'))).toHaveLength(1);
});

test('what to do is said once for each destination', () => {
  const lines = linesOf(reportOf('tests-that-ran')).filter((line) => line.includes(' NA601 203.0.113.10:443 '));
  expect(lines.map((line) => line.endsWith(': as above'))).toEqual([false, true, true]);
});

test('after 500 lines it counts; verbose shows all', () => {
  const report = manyViolations(10_000, 5);
  expect(linesOf(report)).toHaveLength(501);
  expect(JSON.parse(linesOf(report).at(-1) ?? '')).toMatchObject({ violations: 10_000, left: 9_500 });
  expect(linesOf(report, true)).toHaveLength(10_001);
});
