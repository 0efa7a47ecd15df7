import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { renderers, reportFromJson } from '../../src/index.js';
import { casesOf, fixturesOf } from '../golden.js';

const written = (name: string): string => readFileSync(join(fixturesOf('reporters'), name, 'expected.json'), 'utf8');

test.each(casesOf('reporters'))('%s: a report that was read is written as it was', (name) => {
  const text = written(name);
  expect(`${renderers.json.render(reportFromJson(text, 'r.json'), { verbose: false })}\n`).toBe(`${text.trimEnd()}\n`);
});

const changed = (change: (report: Record<string, unknown>) => void): string => {
  const report = JSON.parse(written('one-violation')) as Record<string, unknown>;
  change(report);
  return JSON.stringify(report);
};

test.each<[string, string, RegExp]>([
  ['no JSON', '{"schemaVersion": 1,', /^r\.json: it is no report: /],
  ['another object', '{}', /schemaVersion is missing/],
  ['null', 'null', /the whole: expected object/],
  ['another version', changed((report) => (report.schemaVersion = 2)), /schemaVersion: expected 1/],
  ['a verdict of its own', changed((report) => (report.verdict = 'fine')), /verdict: expected clean, violations, incomplete/],
  [
    'a violation without scopes',
    changed((report) => delete (report.violations as Record<string, unknown>[])[0]?.scopes),
    /violations\[0\]: scopes is missing/,
  ],
  [
    'a number for a text',
    changed((report) => ((report.violations as Record<string, unknown>[])[0]!.family = 7)),
    /violations\[0\]\.family: expected string/,
  ],
  [
    'a port that is none',
    changed((report) => ((report.violations as Record<string, unknown>[])[0]!.port = 70_000)),
    /violations\[0\]\.port: expected from 0 to 65535/,
  ],
])('%s is refused, and the place is named', (_name, text, expected) => {
  expect(() => reportFromJson(text, 'r.json')).toThrow(
    expect.objectContaining({ code: 'REPORT_READ', message: expect.stringMatching(expected) }),
  );
});

test('keys of a later version are left alone', () => {
  expect(
    reportFromJson(
      changed((report) => (report.later = 1)),
      'r.json',
    ).verdict,
  ).toBe('violations');
});
