import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Cell, Framework } from '../framework.js';
import { readJson } from '../project.js';

const cellsOf = (node: string | null, variants: readonly string[]): Cell[] =>
  variants.map((variant) => ({ framework: 'node-test', install: null, node, variant, always: false }));

const variants = ['isolated', 'in-process'];

export const nodeTest: Framework = {
  name: 'node-test',
  cells: [
    // Node 20 has process isolation only.
    ...cellsOf(null, ['isolated']),
    ...cellsOf('node-22', variants),
    ...cellsOf('node-24', variants),
    ...cellsOf('node-26', variants),
  ],
  sources: 'esm',
  api: [
    "export { after as afterAll, afterEach, before as beforeAll, beforeEach, describe, test } from 'node:test';",
    "export { default as expect } from 'node:assert/strict';",
    '',
  ].join('\n'),
  configure: ({ folder }) => writeFileSync(join(folder, 'reporter.js'), reporter),
  command: ({ node, cell, behaviour }) => [
    node,
    '--test',
    // The name that all of Node 22, 24 and 26 know.
    ...(cell.variant === 'in-process' ? ['--experimental-test-isolation=none'] : []),
    ...['--require', '@netaudit/node-test'],
    ...['--test-reporter=spec', '--test-reporter-destination=stdout'],
    ...['--test-reporter=./reporter.js', '--test-reporter-destination=results.json'],
    ...(behaviour.args?.['node-test'] ?? []),
  ],
  results: ({ folder }) => {
    const tests = readJson<readonly Result[]>(join(folder, 'results.json')) ?? [];
    const failed = tests.filter((test) => test.outcome === 'failed');
    return {
      passed: tests.filter((test) => test.outcome === 'passed').length,
      failed: failed.map((test) => test.fullName),
      firstError: failed[0]?.error,
    };
  },
};

type Result = { readonly fullName: string; readonly outcome: 'passed' | 'failed' | 'skipped'; readonly error: string };

/**
 * A reporter of the user's own, as `--test-reporter` takes them: tests come after those they contain, so that names are put together at the end.
 * Suites, and a file that stands for its tests, are no tests.
 */
const reporter = `import { inspect } from 'node:util';

export default async function* report(source) {
  const ended = [];
  for await (const { type, data } of source) if (type === 'test:pass' || type === 'test:fail') ended.push({ type, ...data });
  const above = [];
  const tests = [];
  for (const { type, nesting, name, file, skip, details } of ended.reverse()) {
    above.length = nesting;
    above.push(name);
    if (details.type === 'suite' || (nesting === 0 && file?.endsWith(name))) continue;
    const outcome = skip !== undefined ? 'skipped' : type === 'test:pass' ? 'passed' : 'failed';
    tests.unshift({ fullName: above.join(' '), outcome, error: inspect(details.error) });
  }
  yield JSON.stringify(tests);
}
`;
