import { realpathSync } from 'node:fs';

/** The part of Vite's configuration that tells whose run it is. */
export type ViteConfig = { readonly plugins?: unknown };

/**
 * Vitest's command line sets VITEST before it reads the configuration, its Node API adds plugins of its own (`vitest`; from 5 on `vitest:config`
 * and others); `vite build` does neither.
 */
export const isVitestRun = (env: NodeJS.ProcessEnv, config: ViteConfig): boolean =>
  env.VITEST !== undefined || hasVitestPlugin(config.plugins);

const hasVitestPlugin = (plugins: unknown): boolean => {
  if (Array.isArray(plugins)) return plugins.some(hasVitestPlugin);
  return typeof plugins === 'object' && plugins !== null && 'name' in plugins && /^vitest(:|$)/.test(String(plugins.name));
};

/** Whether this process is Vitest's own command line, which can be started again as it is. A path inside a zip file (Yarn PnP) counts by its name. */
export const isVitestProgram = (program: string | undefined): boolean => {
  if (program === undefined) return false;
  return /[\\/](?:vitest[\\/]vitest\.mjs|\.bin[\\/]vitest)$/.test(realPath(program));
};

const realPath = (path: string): string => {
  try {
    return realpathSync(path);
  } catch {
    return path;
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
  readonly meta?: { readonly netaudit?: unknown };
  result?: { state?: string; errors?: unknown[] };
};

/** The methods of the test runner that mark boundaries. They are no documented API. */
export type RunnerPrototype = {
  importFile(path: string, source: string): unknown;
  onBeforeRunSuite(suite: Task): unknown;
  onAfterRunSuite(suite: Task): unknown;
  onBeforeRunTask(test: Task): unknown;
  onBeforeTryTask(test: Task, options: { readonly retry: number; readonly repeats: number }): unknown;
  onAfterRunTask?(test: Task): unknown;
};

/** The runner's prototype: exported by `vitest` from 4.1, by `vitest/runners` before. null when it has not all of the methods. */
export const runnerPrototype = async (): Promise<RunnerPrototype | null> => {
  const prototype = (await runnerClass())?.prototype;
  return prototype && methods.every((name) => typeof prototype[name] === 'function') ? (prototype as RunnerPrototype) : null;
};

type RunnerClass = { readonly prototype: Partial<RunnerPrototype> };

const runnerClass = async (): Promise<RunnerClass | undefined> => {
  const { TestRunner } = (await import('vitest')) as unknown as { TestRunner?: RunnerClass };
  if (TestRunner) return TestRunner;
  const runners = (await import('vitest/runners').catch(() => ({}))) as { VitestTestRunner?: RunnerClass };
  return runners.VitestTestRunner;
};

const methods = ['importFile', 'onBeforeRunSuite', 'onAfterRunSuite', 'onBeforeRunTask', 'onBeforeTryTask'] as const;

/** Whether a suite that the runner passes has the parts that a scope is made from. */
export const isSuite = (given: unknown): given is Task => {
  const { id, name, file } = Object(given) as Partial<Task>;
  return typeof id === 'string' && typeof name === 'string' && typeof file?.filepath === 'string';
};

/** The same of a test, whose end is told as well. */
export const isTest = (given: unknown): given is Task => isSuite(given) && typeof given.context?.onTestFinished === 'function';

/** The test file that the worker loads now, or null: by Jest's `expect.getState()`, as Vitest has it, or by the worker's own state. */
export const currentFile = (testPath: unknown): string | null => {
  const state = (globalThis as { __vitest_worker__?: { filepath?: unknown } }).__vitest_worker__;
  return [testPath, state?.filepath].find((path) => typeof path === 'string') ?? null;
};

/** Why a project's tests are not told apart: it does not run them in one of the pools that load Node code from setup files. */
export const foreignPool = (config: ProjectConfig): string | null => {
  if (config.browser?.enabled) return 'browser';
  return typeof config.pool === 'string' && pools.includes(config.pool) ? null : 'a pool of its own';
};

/** The parts of a resolved configuration that say where a project's tests run. */
export type ProjectConfig = {
  readonly pool?: unknown;
  readonly browser?: { readonly enabled?: boolean | undefined } | undefined;
  readonly typecheck?: { readonly enabled?: boolean | undefined } | undefined;
};

const pools = ['forks', 'threads', 'vmForks', 'vmThreads'];

/** Where a project's tests run: in processes of their own, in threads of Vitest's, or where no code of ours is loaded. */
export const whereTestsRun = (config: ProjectConfig): 'processes' | 'threads' | 'elsewhere' => {
  if (foreignPool(config) !== null) return 'elsewhere';
  return config.pool === 'threads' || config.pool === 'vmThreads' ? 'threads' : 'processes';
};
