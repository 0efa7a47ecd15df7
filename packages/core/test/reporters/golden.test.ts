import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Ajv } from 'ajv';
import { expect, test } from 'vitest';
import schema from '../../schema/report.json' with { type: 'json' };
import { type Report, renderers } from '../../src/index.js';
import { casesOf, expectGolden, fixturesOf } from '../golden.js';

const validate = new Ajv({ allowUnionTypes: true }).compile(schema);

const reportOf = (name: string): Report => JSON.parse(readFileSync(join(fixturesOf('reporters'), name, 'report.json'), 'utf8')) as Report;

const outputs = [
  { file: 'expected.txt', format: 'text', verbose: false },
  { file: 'expected.verbose.txt', format: 'text', verbose: true },
  { file: 'expected.json', format: 'json', verbose: false },
  { file: 'expected.verbose.json', format: 'json', verbose: true },
  { file: 'expected.junit.xml', format: 'junit', verbose: false },
  { file: 'expected.sarif.json', format: 'sarif', verbose: false },
  { file: 'expected.github.txt', format: 'github', verbose: false },
  { file: 'expected.gitlab.json', format: 'gitlab', verbose: false },
  { file: 'expected.tap', format: 'tap', verbose: false },
  { file: 'expected.md', format: 'markdown', verbose: false },
  { file: 'expected.minimal.txt', format: 'dot-minimal', verbose: false },
] as const;

const cases = casesOf('reporters').flatMap((name) => outputs.map((output) => ({ name, ...output })));

test.each(cases)('$name/$file', ({ name, file, format, verbose }) => {
  const text = renderers[format].render(reportOf(name), { verbose });
  expectGolden('reporters', name, file, text);
  expect(text).toMatch(PRINTABLE_LINES);
});

test.each(cases.filter(({ format }) => format === 'json'))('$name/$file is as the schema says', ({ name, format, verbose }) => {
  const value: unknown = JSON.parse(renderers[format].render(reportOf(name), { verbose }));
  validate(value);
  expect(validate.errors ?? []).toEqual([]);
});

/** Line feeds are the only control characters. */
const PRINTABLE_LINES = /^(?:\n|[^\p{Cc}\u202a-\u202e\u2066-\u2069])*$/u;

test('the keys of the original come first and are not renamed', () => {
  const value = JSON.parse(renderers.json.render(reportOf('two-violations'), { verbose: true })) as Record<
    string,
    Record<string, unknown>[]
  >;
  expect(Object.keys(value.violations?.[0] ?? {}).slice(0, 5)).toEqual(['family', 'addr', 'port', 'count', 'pids']);
  expect(value.summary).toEqual({ total: 2 });
  expect(Object.keys(value.events?.[0] ?? {}).slice(0, 5)).toEqual(['family', 'addr', 'port', 'status', 'rule']);
  expect(renderers.json.render(reportOf('two-violations'), { verbose: false })).not.toContain('"events": [');
});

test('the schema refuses what a report never holds', () => {
  const report = JSON.parse(renderers.json.render(reportOf('clean'), { verbose: false })) as Record<string, unknown>;
  for (const wrong of [{ verdict: 'fine' }, { schemaVersion: 2 }, { surplus: 1 }, { summary: {} }, { violations: undefined }]) {
    expect(validate({ ...report, ...wrong })).toBe(false);
  }
});
