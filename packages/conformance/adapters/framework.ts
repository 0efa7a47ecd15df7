import type { Behaviour } from './behaviour.js';

/** One cell of the version table: a framework's version on a version of Node, run in one way. */
export type Cell = {
  readonly framework: FrameworkName;
  /** Folder of `frameworks/` that has the framework, null where it is a part of Node. */
  readonly install: string | null;
  /** Folder of `frameworks/` that has the Node, null for the Node that runs these tests. */
  readonly node: string | null;
  /** How tests are run: a pool, workers, isolation. */
  readonly variant: string;
  /** Part of every `npm test`; the others run in the whole table. */
  readonly always: boolean;
};

export type FrameworkName = 'vitest' | 'jest' | 'mocha' | 'node-test';

/** A behaviour's project as it lies in a folder of its own, beside node_modules with the framework and our packages. */
export type Project = { readonly folder: string; readonly behaviour: Behaviour; readonly cell: Cell; readonly node: string };

/** What a framework's own report says. `failed`: full names of the tests that failed. */
export type Results = {
  readonly passed: number;
  readonly failed: readonly string[];
  readonly firstError: string | undefined;
  /** Files that failed without a test that failed, without extension, where the report tells them apart. */
  readonly failedFiles?: readonly string[];
};

/** How the contract suite runs one framework. */
export type Framework = {
  readonly name: FrameworkName;
  readonly cells: readonly Cell[];
  /** `esm` and `cjs` compile the sources with TypeScript; `ts` leaves them to the framework. */
  readonly sources: 'ts' | 'esm' | 'cjs';
  /** JavaScript of `framework.js`: what the tests of a behaviour import as `test`, `describe`, `beforeAll`, … */
  readonly api: string;
  /** Writes configuration files. */
  configure(project: Project): void;
  /** Program and arguments. */
  command(project: Project): readonly string[];
  /** Reads what the framework reported, from files in the project's folder or from what it printed. */
  results(project: Project, stdout: string): Results;
};
