import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Cell, Framework } from '../framework.js';
import { readJson } from '../project.js';

const cellsOf = (install: string, node: string | null, variants: readonly string[] = ['serial', 'parallel']): Cell[] =>
  variants.map((variant) => ({ framework: 'mocha', install, node, variant, always: false }));

/** The globals are made anew for each file, so each call looks them up. */
const api = Object.entries({
  ...{ test: 'it', describe: 'describe' },
  ...{ beforeAll: 'before', afterAll: 'after', beforeEach: 'beforeEach', afterEach: 'afterEach' },
})
  .map(([name, global]) => `export const ${name} = (...words) => globalThis.${global}(...words);\n`)
  .concat('test.skip = (...words) => globalThis.it.skip(...words);\n')
  .join('');

export const mocha: Framework = {
  name: 'mocha',
  cells: [
    ...cellsOf('mocha-10', null),
    ...cellsOf('mocha-11', null),
    ...cellsOf('mocha-12', null),
    // Where a process can be replaced by another program.
    ...cellsOf('mocha-12', 'node-24', ['serial']),
  ],
  sources: 'esm',
  api,
  configure: ({ folder, behaviour, cell }) => {
    const configuration = {
      require: ['@netaudit/mocha'],
      spec: ['*.test.{js,cjs}'],
      timeout: 30_000,
      reporter: 'json',
      'reporter-option': ['output=mocha.json'],
      ...(cell.variant === 'parallel' ? { parallel: true, jobs: 2 } : {}),
      ...behaviour.config?.mocha,
    };
    writeFileSync(join(folder, '.mocharc.json'), JSON.stringify(configuration));
  },
  command: ({ node, behaviour }) => [node, 'node_modules/mocha/bin/mocha.js', ...(behaviour.args?.mocha ?? [])],
  // Mocha counts a test that an afterEach hook fails as passed too, and one with two failures twice.
  results: ({ folder }) => {
    const report = readJson<MochaJson>(join(folder, 'mocha.json'));
    const failed = new Set(report?.failures.map((test) => test.fullTitle));
    return {
      passed: report?.passes.filter((test) => !failed.has(test.fullTitle)).length ?? 0,
      failed: [...failed],
      firstError: report?.failures[0]?.err.message,
    };
  },
};

type MochaJson = {
  readonly passes: readonly { readonly fullTitle: string }[];
  readonly failures: readonly { readonly fullTitle: string; readonly err: { readonly message?: string } }[];
};
