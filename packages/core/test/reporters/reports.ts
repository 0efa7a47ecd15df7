import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Report, Scope, Violation } from '../../src/index.js';
import { casesOf, fixturesOf } from '../golden.js';

/** The reports that every format has to render so that its reader takes it: all fixtures, and two that would be large files. */
export const reports = (): readonly (readonly [name: string, report: Report])[] => [
  ...casesOf('reporters').map((name) => [name, reportOf(name)] as const),
  ['ten thousand violations', manyViolations(10_000, 20_261_122)],
  ...longNames,
];

export const reportOf = (name: string): Report =>
  JSON.parse(readFileSync(join(fixturesOf('reporters'), name, 'report.json'), 'utf8')) as Report;

/** Violations of 400 tests in 40 files, the same for the same seed. */
export const manyViolations = (count: number, seed: number): Report => {
  const random = lcg(seed);
  const tests = Array.from({ length: 400 }, (_, index) => testScope(`test/${index % 40}.test.ts`, `case ${index}`));
  const violations = Array.from({ length: count }, (_, index) =>
    violationOf(index, tests.slice(random() % 400).slice(0, 1), `src/${random() % 90}.ts`, (random() % 500) + 1),
  );
  return { ...reportOf('one-violation'), violations, events: [], ran: ranOf(tests) };
};

/** Wherever it is cut, it is in the middle of a character, here or behind one more. */
const longName = (before: string): Report => {
  const long = `${before}${'\ud83d\ude00'.repeat(2_500)}\u0000${'|`'.repeat(2_500)}`;
  const tests = [testScope(`test/${long}.test.ts`, long)];
  return {
    ...reportOf('one-violation'),
    violations: [violationOf(1, tests, `src/${long}.ts`, 3)],
    events: [],
    ran: ranOf(tests),
    gaps: [],
  };
};

const testScope = (file: string, name: string): Scope => ({ id: `${file}/${name}`, kind: 'test', file, names: [name] });

const ranOf = (tests: readonly Scope[]): Report['ran'] =>
  [...new Set(tests.map(({ file }) => file ?? ''))].map((file) => ({
    file,
    tests: tests.filter((test) => test.file === file).map(({ names }) => names.join(' > ')),
  }));

const violationOf = (index: number, scopes: readonly Scope[], file: string, line: number): Violation => {
  const addr = `198.51.${100 + (index >> 8)}.${index & 255}`;
  return {
    id: `v-${index.toString(16).padStart(8, '0')}`,
    family: 'AF_INET',
    addr,
    port: 443,
    count: 1,
    pids: [7],
    firstTimestamp: 1_795_270_000 + index,
    suggestedRule: `- name: "${addr}:443"\n  family: AF_INET\n  addr: "${addr}"\n  port: 443`,
    host: null,
    attempts: [],
    scopes: scopes.map((scope) => ({
      scope,
      method: 'lineage',
      candidates: [],
      timing: null,
      count: 1,
      processes: [{ pid: 7, argv: ['node', 'worker.mjs'] }],
      origins: [{ call: `w:${index}`, host: null, package: null, site: { file, line, column: 5, function: null } }],
    })),
  };
};

/** Numerical Recipes' generator: enough to spread test data. */
const lcg = (seed: number) => {
  let state = seed >>> 0;
  return (): number => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state >>> 8;
  };
};

/** Two, so that a cut falls into the middle of a character in one of them. */
export const longNames = [
  ['a name of 10 kB', longName('')],
  ['another name of 10 kB', longName('x')],
] as const;
