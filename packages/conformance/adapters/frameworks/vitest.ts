import { existsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Cell, Framework, Project } from '../framework.js';
import { optionsOf, readJson } from '../project.js';

const pools = ['forks', 'threads', 'vmForks', 'vmThreads'];

/** A pool in a Vitest that a program drives, as editors do: its workers are wrapped. */
const driven = { 'API forks': 'forks', 'API vmForks': 'vmForks' };

const isDriven = (variant: string): variant is keyof typeof driven => variant in driven;

const cellsOf = (install: string, node: string | null, always: readonly string[]): Cell[] =>
  [...pools, ...Object.keys(driven)].map((variant) => ({ framework: 'vitest', install, node, variant, always: always.includes(variant) }));

export const vitest: Framework = {
  name: 'vitest',
  cells: [...cellsOf('vitest-3', null, []), ...cellsOf('vitest-4', null, ['forks']), ...cellsOf('vitest-5', 'node-24', [])],
  sources: 'ts',
  api: "export * from 'vitest';\n",
  configure: ({ folder, behaviour, cell }) => {
    writeFileSync(join(folder, 'vitest.config.ts'), configuration(behaviour, cell));
    if (!existsSync(join(folder, 'drive-vitest.mjs'))) writeFileSync(join(folder, 'drive-vitest.mjs'), driver);
  },
  command: ({ node, behaviour, cell }) => {
    const program = isDriven(cell.variant) ? 'drive-vitest.mjs' : 'node_modules/vitest/vitest.mjs';
    const args = behaviour.args?.vitest ?? [];
    return [node, program, ...(args[0] === 'list' ? [] : ['run']), ...args];
  },
  results: ({ folder }) => {
    const report = readJson<VitestJson>(join(folder, 'vitest.json'));
    const tests = report?.testResults.flatMap((file) => file.assertionResults) ?? [];
    const failed = tests.filter((test) => test.status === 'failed');
    return {
      passed: tests.filter((test) => test.status === 'passed').length,
      failed: failed.map((test) => test.fullName),
      firstError: failed[0]?.failureMessages[0],
    };
  },
};

const driver = `import { parseCLI, startVitest } from 'vitest/node';
const { filter, options } = parseCLI(['vitest', ...process.argv.slice(2)]);
await startVitest('test', filter, { watch: false, ...options });
`;

const configuration = (behaviour: Project['behaviour'], cell: Cell): string => {
  const options = JSON.stringify(optionsOf(behaviour));
  const given = behaviour.rules ? `{ ...${options}, allowlist: [${behaviour.rules.join(', ')}] }` : options;
  const workers = cell.install === 'vitest-3' ? { minWorkers: 1, maxWorkers: 2 } : { maxWorkers: 2 };
  const reporters = ['default', ['json', { outputFile: 'vitest.json' }]];
  const test = { pool: isDriven(cell.variant) ? driven[cell.variant] : cell.variant, ...workers, reporters, ...behaviour.config?.vitest };
  return [
    "import netaudit from '@netaudit/vitest';",
    ...(behaviour.rules ? ["import { IPv4Rule } from '@netaudit/core';"] : []),
    `export default { cacheDir: '.vite', plugins: [netaudit(${given})], test: ${JSON.stringify(test)} };`,
    '',
  ].join('\n');
};

type VitestJson = {
  readonly testResults: readonly {
    readonly assertionResults: readonly { readonly status: string; readonly fullName: string; readonly failureMessages: string[] }[];
  }[];
};
