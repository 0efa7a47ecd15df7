import { realpathSync } from 'node:fs';
import inspector from 'node:inspector';
import { createRequire } from 'node:module';

/** The parts of Jest's global configuration that are read here (29 and 30). */
export type GlobalConfig = {
  readonly rootDir: string;
  readonly globalSetup?: string | null | undefined;
  readonly projects?: readonly unknown[] | undefined;
  readonly watch?: boolean | undefined;
  readonly watchAll?: boolean | undefined;
  readonly detectOpenHandles?: boolean | undefined;
  readonly workerThreads?: boolean | undefined;
  readonly maxWorkers?: number | undefined;
};

/** The parts of a project's configuration. `netaudit` is ours: the runner that the project asked for. */
export type ProjectConfig = {
  readonly testRunner: string;
  readonly displayName?: { readonly name: string } | undefined;
  readonly netaudit?: { readonly testRunner: string } | undefined;
};

/** A test file as reporters are told of it. Its configuration is read after that, and may be replaced. */
export type TestFile = { readonly context: { config: ProjectConfig } };

/** A test as jest-circus keeps it. */
export type CircusTest = {
  readonly type: 'test';
  readonly name: string;
  readonly parent: CircusBlock;
  readonly concurrent?: boolean;
  fn: CircusFunction | undefined;
  errors: unknown[];
  /** Made where the test is defined. */
  readonly asyncError: { readonly stack?: string };
};
export type CircusBlock = {
  readonly type: 'describeBlock';
  readonly name: string;
  readonly parent?: CircusBlock | undefined;
  readonly children: readonly (CircusBlock | CircusTest)[];
  readonly hooks: readonly CircusHook[];
};
export type CircusHook = { readonly type: 'beforeAll' | 'afterAll' | 'beforeEach' | 'afterEach'; fn: CircusFunction };
export type CircusFunction = (this: unknown, ...args: unknown[]) => unknown;

/** An event of jest-circus, with what the kinds that are handled here have. */
export type CircusEvent = {
  readonly name: string;
  readonly test?: CircusTest;
  readonly describeBlock?: CircusBlock;
  readonly error?: unknown;
  readonly runtimeGlobals?: { readonly expect?: { getState?(): ExpectState } };
};
export type CircusState = { readonly rootDescribeBlock: CircusBlock; readonly unhandledErrors: unknown[] };

/** Who runs now, as `expect` knows it: the test itself from 30.5 on. */
export type ExpectState = { readonly currentTestIdentity?: () => unknown };

export type Environment = {
  /** The global object of the test file. */
  readonly global: object;
  handleTestEvent?: (event: CircusEvent, state: CircusState) => unknown;
};
export type Runtime = Record<'requireModule' | 'unstable_importModule', ((from: string, name?: string) => unknown) | undefined>;
export type TestRunner = (
  globalConfig: GlobalConfig,
  config: ProjectConfig,
  environment: Environment,
  runtime: Runtime,
  testPath: string,
  sendMessageToJest?: unknown,
) => Promise<object>;

/** Why the command line that started this process can not be started again as it is, as one clause; null when it can. */
export const rerunRefused = (config: Pick<GlobalConfig, 'globalSetup' | 'projects'>): string | null => {
  if (!isJestProgram(process.argv[1])) return 'Jest was started by another program (an editor, its Node API)';
  if (inspector.url() !== undefined) return 'a debugger is attached';
  // Reporters are made after globalSetup has run, which would run a second time.
  if (config.globalSetup || config.projects?.some(mayHaveGlobalSetup)) return 'globalSetup has run before';
  return null;
};

/** Whether this process is Jest's own command line. */
const isJestProgram = (program: string | undefined): boolean => {
  try {
    return program !== undefined && /[\\/]jest(-cli)?[\\/]bin[\\/]jest\.js$/.test(realpathSync(program));
  } catch {
    return false;
  }
};

/** What a project in a folder of its own asks for is not known to reporters. */
const mayHaveGlobalSetup = (project: unknown): boolean =>
  typeof project !== 'object' || project === null || 'globalSetup' in project || 'preset' in project;

/** Why tests must run in this very process, as one clause; null when they may run in workers. */
export const needsOneProcess = ({ detectOpenHandles }: GlobalConfig): string | null => {
  if (inspector.url() !== undefined) return 'a debugger is attached';
  return detectOpenHandles ? 'detectOpenHandles looks at this process' : null;
};

type RunnerPrototype = {
  _globalConfig: GlobalConfig;
  runTests?: (tests: unknown, watcher: unknown, options: { readonly serial: boolean }) => unknown;
};

/**
 * Makes the jest-runner of the Jest that runs now start child processes also where it would run tests in its own process, one after the
 * other, or in threads. Returns what undoes that; null when it does not have the method that is known (29 and 30).
 */
export const forceChildProcesses = (): (() => void) | null => {
  const prototype = runnerPrototype();
  const runTests = prototype?.runTests;
  if (!prototype || typeof runTests !== 'function') return null;
  prototype.runTests = function (tests, watcher, options) {
    const { maxWorkers = 1 } = this._globalConfig;
    this._globalConfig = Object.freeze({ ...this._globalConfig, workerThreads: false, maxWorkers: options.serial ? 1 : maxWorkers });
    return runTests.call(this, tests, watcher, { ...options, serial: false });
  };
  return () => {
    prototype.runTests = runTests;
  };
};

/** The Jest that runs now is the one that is loaded. */
const runnerPrototype = (): RunnerPrototype | null => {
  const core = Object.keys(createRequire(import.meta.url).cache).find((path) => /[\\/]@jest[\\/]core[\\/]build[\\/]index\.js$/.test(path));
  if (core === undefined) return null;
  try {
    const requireOfJest = createRequire(core);
    return (requireOfJest('jest-runner') as { default?: { prototype: RunnerPrototype } }).default?.prototype ?? null;
  } catch {
    return null;
  }
};

/** Whether this process is Jest's own command line. */
export const isJestCommand = (): boolean => isJestProgram(process.argv[1]);

/** False for the commands that run no test. */
export const runsTests = (argv: readonly string[]): boolean => !argv.slice(2).some((arg) => nothingRuns.test(arg));

const nothingRuns =
  /^(--(listTests|list-tests|showConfig|show-config|clearCache|clear-cache|collectTests|collect-tests|init|help|version)|-h)$/;
