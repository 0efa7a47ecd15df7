import { realpathSync } from 'node:fs';

/** Vitest's command line sets VITEST before it reads the configuration; `vite build` does not. */
export const isVitestRun = (env: NodeJS.ProcessEnv): boolean => env.VITEST !== undefined;

/** Whether this process is Vitest's own command line, which can be started again as it is. */
export const isVitestProgram = (program: string | undefined): boolean => {
  try {
    return program !== undefined && /[\\/]vitest(\.mjs)?$/.test(realpathSync(program));
  } catch {
    return false;
  }
};

/** False for the commands that only list or merge, and for help. */
export const runsTests = (argv: readonly string[]): boolean => {
  const [command, ...rest] = argv.slice(2);
  if (command === 'list' || command === 'init' || command === 'bench') return false;
  return ![command, ...rest].some((arg) => arg === '--mergeReports' || arg === '--merge-reports' || /^--merge-?reports=/i.test(arg ?? ''));
};

/** The parts of a Vitest task that a scope is made from (v4 `RunnerTask`). */
export type Task = {
  readonly id: string;
  readonly name: string;
  readonly mode: string;
  readonly file: { readonly filepath: string; readonly name: string; readonly projectName?: string };
  readonly suite?: Task;
  fails?: boolean;
  readonly context: { onTestFinished(hook: () => void | Promise<void>): void };
  readonly filepath?: string;
  result?: { state?: string; errors?: unknown[] };
};

/** The methods of the test runner that mark boundaries (v4.1 `TestRunner`, v4.0 `VitestTestRunner`). */
export type RunnerPrototype = {
  importFile?: (path: string, source: string) => unknown;
  onBeforeRunSuite?: (suite: Task) => unknown;
  onAfterRunSuite?: (suite: Task) => unknown;
  onBeforeTryTask?: (test: Task, options: { readonly retry: number; readonly repeats: number }) => unknown;
};

/** The runner's prototype: exported by `vitest` from 4.1, by `vitest/runners` before. null when neither has the methods. */
export const runnerPrototype = async (): Promise<RunnerPrototype | null> => {
  const own = (await import('vitest')) as unknown as { TestRunner?: { prototype: RunnerPrototype } };
  const runner =
    own.TestRunner ??
    ((await import('vitest/runners')) as unknown as { VitestTestRunner?: { prototype: RunnerPrototype } }).VitestTestRunner;
  return runner && typeof runner.prototype.onBeforeTryTask === 'function' ? runner.prototype : null;
};

/** The test file that the worker loads now (Vitest's worker state), or null. */
export const currentFile = (): string | null => {
  const state = (globalThis as { __vitest_worker__?: { filepath?: string } }).__vitest_worker__;
  return state?.filepath ?? null;
};
