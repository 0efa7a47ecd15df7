import { expect, test, vi } from 'vitest';
import { type Report, renderers } from '../../src/index.js';
import { validateSarif } from './readers.js';
import { reportOf, reports } from './reports.js';

/** Ten thousand violations on a busy machine. */
vi.setConfig({ testTimeout: 60_000 });

type Result = {
  readonly ruleId: string;
  readonly ruleIndex: number;
  readonly level: string;
  readonly message: { readonly text: string };
  readonly baselineState?: string;
  readonly partialFingerprints: Readonly<Record<string, string>>;
  readonly locations: readonly {
    readonly physicalLocation: { readonly artifactLocation: { readonly uri: string }; readonly region: { readonly startLine: number } };
    readonly logicalLocations?: readonly { readonly fullyQualifiedName: string }[];
  }[];
};

type Run = {
  readonly results: readonly Result[];
  readonly tool: { readonly driver: { readonly rules: readonly { readonly id: string }[] } };
  readonly invocations: readonly [{ readonly executionSuccessful: boolean; readonly toolExecutionNotifications: readonly unknown[] }];
};

const runOf = (report: Report): Run => (JSON.parse(renderers.sarif.render(report)) as { runs: [Run] }).runs[0];

test.each(reports())('%s is as the schema says', (_, report) => {
  validateSarif(JSON.parse(renderers.sarif.render(report)));
  expect(validateSarif.errors ?? []).toEqual([]);
});

test('the schema refuses what is none', () => {
  for (const wrong of [
    { runs: [] },
    { version: '2.1.0', runs: [{}] },
    { version: '2.1.0', runs: [{ tool: { driver: { name: 'x' } }, results: [{}] }] },
  ]) {
    expect(validateSarif(wrong)).toBe(false);
  }
});

test.each(reports())('every result of %s has its rule, a place with a line, and a fingerprint of its own', (_, report) => {
  const { results, tool, invocations } = runOf(report);
  for (const { ruleId, ruleIndex, locations } of results) {
    expect(tool.driver.rules[ruleIndex]?.id).toBe(ruleId);
    expect(locations[0]?.physicalLocation.region.startLine).toBeGreaterThan(0);
  }
  expect(new Set(results.map(({ partialFingerprints }) => partialFingerprints['netaudit/v1'])).size).toBe(results.length);
  expect(invocations[0].executionSuccessful).toBe(report.verdict !== 'incomplete');
  expect(invocations[0].toolExecutionNotifications.length).toBe(report.gaps.length);
});

test('a result is at the call, else at the test file, else at the policy, and names the test', () => {
  const places = runOf(reportOf('tests-that-ran')).results.map(({ locations: [location] }) => [
    location?.physicalLocation.artifactLocation.uri,
    location?.physicalLocation.region.startLine,
    location?.logicalLocations?.map(({ fullyQualifiedName }) => fullyQualifiedName),
  ]);
  expect(places).toContainEqual(['src/pay.ts', 7, ['test/pay.test.ts > checkout > charges a card']]);
  expect(places).toContainEqual(['test/mail.test.ts', 1, ['test/mail.test.ts > sends']]);
  expect(places).toContainEqual(['netaudit.yaml', 1, undefined]);
  expect(places).toContainEqual(['netaudit.yaml', 4, undefined]);
});

test('a fingerprint is the same in another run: other pids, times, ids, counts, ports of the system', () => {
  const report = reportOf('tests-that-ran');
  const other: Report = {
    ...report,
    runId: '00000000-0000-4000-8000-000000000000',
    violations: report.violations.map((violation) => ({
      ...violation,
      id: 'v-ffffffff',
      port: violation.port !== null && violation.port > 40_000 ? violation.port + 77 : violation.port,
      count: 99,
      pids: [99],
      firstTimestamp: 1,
      scopes: violation.scopes.map((scope) => ({ ...scope, count: 9, processes: [], origins: [] })),
    })),
  };
  const prints = (each: Report): unknown => runOf(each).results.map(({ partialFingerprints }) => partialFingerprints);
  expect(prints(other)).toEqual(prints(report));
});

test('with a baseline, what it accepts is a note that did not change, all else is new', () => {
  const states = runOf(reportOf('tests-that-ran')).results.map(({ level, baselineState }) => `${level} ${baselineState}`);
  expect(new Set(states)).toEqual(new Set(['error new', 'warning new', 'note unchanged']));
  expect(runOf(reportOf('one-violation')).results[0]?.baselineState).toBeUndefined();
});

test('a message has no placeholder and no link of foreign origin (SARIF 2.1.0, 3.11.5 and 3.11.6)', () => {
  for (const { message } of runOf(reportOf('hostile-names')).results) {
    expect(message.text.replaceAll('{{', '').replaceAll('}}', '')).not.toMatch(/[{}]/);
    expect(message.text).not.toContain('](');
  }
});
