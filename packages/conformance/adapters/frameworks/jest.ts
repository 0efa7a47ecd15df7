import { writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import type { Cell, Framework, Project } from '../framework.js';
import { optionsOf, readJson } from '../project.js';

/** Settings that make Jest run tests in that way, also when there is but one file. */
const variants = {
  workers: { maxWorkers: 2, workerIdleMemoryLimit: '1GB' },
  threads: { maxWorkers: 2, workerIdleMemoryLimit: '1GB', workerThreads: true },
  'in-band': { maxWorkers: 1 },
};

const cellsOf = (install: string): Cell[] =>
  Object.keys(variants).map((variant) => ({ framework: 'jest', install, node: null, variant, always: false }));

export const jest: Framework = {
  name: 'jest',
  cells: [...cellsOf('jest-29'), ...cellsOf('jest-30')],
  sources: 'cjs',
  api: 'module.exports = { test, describe, beforeAll, afterAll, beforeEach, afterEach, expect };\n',
  configure: ({ folder, behaviour, cell }) => {
    writeFileSync(join(folder, 'jest.config.js'), configuration(behaviour, cell));
  },
  command: ({ node, behaviour }) => [
    node,
    'node_modules/jest/bin/jest.js',
    '--json',
    '--outputFile=jest.json',
    ...(behaviour.args?.jest ?? []),
  ],
  results: ({ folder }) => {
    const report = readJson<JestJson>(join(folder, 'jest.json'));
    const tests = report?.testResults.flatMap((file) => file.assertionResults) ?? [];
    const failed = tests.filter((test) => test.status === 'failed');
    return {
      passed: tests.filter((test) => test.status === 'passed').length,
      failed: failed.map((test) => test.fullName),
      firstError: failed[0]?.failureMessages[0],
      failedFiles: report?.testResults.filter(failsByItself).map(({ name }) => basename(name).replace(/\.[cm]?js$/, '')) ?? [],
    };
  },
};

/** The setting `withNetaudit` stands for the function of that name, in place of the reporter. */
const configuration = (behaviour: Project['behaviour'], cell: Cell): string => {
  const options = JSON.stringify(optionsOf(behaviour));
  const given = behaviour.rules ? `{ ...${options}, allowlist: [${behaviour.rules.join(', ')}] }` : options;
  const { withNetaudit, ...own } = behaviour.config?.jest ?? {};
  const settings = JSON.stringify({ cacheDirectory: '.jest', ...variants[cell.variant as keyof typeof variants], ...own });
  return [
    ...(behaviour.rules ? ["const { IPv4Rule } = require('@netaudit/core');"] : []),
    withNetaudit
      ? `module.exports = require('@netaudit/jest/config').withNetaudit(${settings}, ${given});`
      : `module.exports = { ...${settings}, reporters: ['default', ['@netaudit/jest', ${given}]] };`,
    '',
  ].join('\n');
};

const failsByItself = ({ status, assertionResults }: JestFile): boolean =>
  status === 'failed' && assertionResults.every((test) => test.status !== 'failed');

type JestJson = { readonly testResults: readonly JestFile[] };
type JestFile = {
  readonly name: string;
  readonly status: string;
  readonly assertionResults: readonly { readonly status: string; readonly fullName: string; readonly failureMessages: string[] }[];
};
