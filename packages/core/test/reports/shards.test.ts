import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { mergeReports, type Report, renderers, reportFromJson } from '../../src/index.js';
import { fixturesOf } from '../golden.js';

const written = readFileSync(join(fixturesOf('reporters'), 'one-violation', 'expected.json'), 'utf8');

const shard = (runId: string, ...argv: string[]) => ({
  file: `${runId}.json`,
  report: { ...reportFromJson(written, 'r'), runId, command: { argv, exitCode: 0, signal: null } } satisfies Report,
});

const missing = (reports: Parameters<typeof mergeReports>[0], expected: number | null = null): string[] =>
  mergeReports(reports, expected).gaps.map(({ reason }) => reason);

test.each([
  [['vitest', 'run', '--shard=2/3']],
  [['jest', '--shard', '2/3']],
  [['node', '--test', '--test-shard=2/3']],
  [['npm', 'test', '--', '--shard=2/3']],
])('%j is the second of three shards', (argv) => {
  expect(missing([shard('a', ...argv)])).toEqual(['shard 1 of 3 is missing', 'shard 3 of 3 is missing']);
});

test.each([[['node', '--shard=0/3']], [['node', '--shard=4/3']], [['node', '--shards=1/3']], [['node', '--shard']], [['node', '1/3']]])(
  '%j names no shard',
  (argv) => {
    expect(missing([shard('a', ...argv)])).toEqual([]);
  },
);

test('with --expect, reports that name no shard are counted', () => {
  expect(missing([shard('a'), shard('b')], 3)).toEqual(['1 of 3 shards is missing']);
  expect(missing([shard('a'), shard('b')], 2)).toEqual([]);
});

test.each<[string, Parameters<typeof mergeReports>]>([
  ['one run twice', [[shard('a'), shard('a')], null]],
  ['one shard twice', [[shard('a', '--shard=1/2'), shard('b', '--shard=1/2')], null]],
  ['shards of different runs', [[shard('a', '--shard=1/2'), shard('b', '--shard=2/3')], null]],
  ['another number than is expected', [[shard('a', '--shard=1/2')], 3]],
  ['more reports than shards', [[shard('a'), shard('b')], 1]],
])('%s is a mistake', (_name, given) => {
  expect(() => mergeReports(...given)).toThrow(expect.objectContaining({ code: 'USAGE' }));
});

test('the order in which reports are given does not matter, and a merged report can be read and merged again', () => {
  const shards = [shard('a', '--shard=1/3'), shard('b', '--shard=2/3'), shard('c', '--shard=3/3')];
  const json = (report: Report): string => renderers.json.render(report, { verbose: false });
  const merged = json(mergeReports(shards, null));
  expect(json(mergeReports(shards.toReversed(), 3))).toBe(merged);
  expect(json(reportFromJson(merged, 'm.json'))).toBe(merged);
  expect(JSON.parse(merged)).toMatchObject({ verdict: 'violations', exitCode: 1, violations: [{ count: 3, scopes: [{ count: 3 }] }] });
});

test('the command that failed is the one that is told, and its exit code is that of a clean merge', () => {
  const clean = (runId: string, exitCode: number) => {
    const { file, report } = shard(runId);
    return { file, report: { ...report, verdict: 'clean' as const, violations: [], command: { argv: [runId], exitCode, signal: null } } };
  };
  expect(mergeReports([clean('a', 0), clean('b', 7)], null)).toMatchObject({ verdict: 'clean', exitCode: 7, command: { argv: ['b'] } });
});
