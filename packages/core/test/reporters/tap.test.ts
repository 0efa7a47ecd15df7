import { expect, test, vi } from 'vitest';
import { type Report, renderers } from '../../src/index.js';
import { readTap } from './readers.js';
import { reportOf, reports } from './reports.js';

/** Ten thousand violations on a busy machine. */
vi.setConfig({ testTimeout: 60_000 });

const read = (report: Report): ReturnType<typeof readTap> => readTap(renderers.tap.render(report));

test.each(reports())('%s is read whole, and passes when the run does', (_, report) => {
  const { results, points, stray } = read(report);
  expect(results.failures.filter((failure) => 'tapError' in failure && failure.tapError)).toEqual([]);
  expect(stray).toEqual([]);
  expect(points).toHaveLength(results.plan.end ?? -1);
  expect(results.bailout).toBe(false);
  expect(results.ok).toBe(report.verdict === 'clean');
});

test('a test that has only what a baseline accepts is to do, a warning fails nothing', () => {
  const { points } = read(reportOf('tests-that-ran'));
  const shown = points.map(({ ok, todo, name }) => `${ok ? 'ok' : 'not ok'}${todo ? ' todo' : ''}: ${name}`);
  expect(shown).toContain('not ok todo: test/mail.test.ts > receives');
  expect(shown).toContain('not ok: test/pay.test.ts > checkout > charges a card');
  expect(shown).toContain('ok: the rules of the policy');
});

test('a name comes back as it was, and is no directive', () => {
  const { points } = read(reportOf('hostile-names'));
  const names = points.map(({ name }) => name);
  expect(names).toContain('test/# TODO not really \\# skip.test.ts > # TODO not really \\# skip > # TODO not really \\# skip');
  expect(points.filter(({ todo, skip }) => todo || skip)).toEqual([]);
});

test('a problem is told with its place and what to do', () => {
  const [, , , , point] = read(reportOf('tests-that-ran')).points;
  expect(point?.diag).toMatchObject({ problems: [{ code: 'NA601', what: 'violation', id: 'v-00000001', at: 'src/pay.ts:7:11' }, {}, {}] });
});
