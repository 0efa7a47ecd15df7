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

/** Whether the state of a run that begins has what is read here. */
export const isKnownCircus = ({ rootDescribeBlock, unhandledErrors }: Partial<CircusState>): boolean =>
  Array.isArray(unhandledErrors) && isKnownBlock(rootDescribeBlock);

const isKnownBlock = (block: Partial<CircusBlock> | undefined): boolean =>
  Array.isArray(block?.hooks) &&
  block.hooks.every(({ fn }) => typeof fn === 'function') &&
  Array.isArray(block.children) &&
  block.children.every((child: Partial<CircusBlock | CircusTest>) =>
    child.type === 'describeBlock' ? isKnownBlock(child) : child.type === 'test' && Array.isArray(child.errors) && child.parent === block,
  );

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
) => Promise<FileResult>;

/** The parts of the result of a test file. `testExecError` fails the file, `failureMessage` is what Jest prints of it. */
export type FileResult = {
  readonly failureMessage?: string | null | undefined;
  readonly testExecError?: { readonly message: string; readonly stack?: string | undefined } | undefined;
};

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

/** An error as Jest prints one that fails a file: by its own function (29 and 30), or else with the stack as it is. */
export const formatOfJest = (error: Error, config: ProjectConfig, options: GlobalConfig): string => {
  const path = loadedFile(/[\\/]jest-message-util[\\/]build[\\/]index\.js$/);
  try {
    const { formatExecError } = createRequire(import.meta.url)(path ?? 'jest-message-util') as { formatExecError: FormatError };
    return formatExecError(error, config, options);
  } catch {
    return `  ● Test suite failed to run\n\n${(error.stack ?? error.message).replace(/^/gm, '    ')}\n`;
  }
};

type FormatError = (error: Error, config: ProjectConfig, options: GlobalConfig) => string;

const loadedFile = (path: RegExp): string | undefined => Object.keys(createRequire(import.meta.url).cache).find((each) => path.test(each));

/** The Jest that runs now is the one that is loaded. */
const runnerPrototype = (): RunnerPrototype | null => {
  const core = loadedFile(/[\\/]@jest[\\/]core[\\/]build[\\/]index\.js$/);
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

/** Whether the command line names reporters: they take the place of those of the configuration. */
export const reportersAreReplaced = (argv: readonly string[]): boolean => argv.some((arg) => /^--reporters(=|$)/.test(arg));

/** Path of the runner that the Jest which loads its configuration now takes where none is asked for; null when that is not found. */
export const defaultRunner = (): string | null => {
  const config = loadedFile(/[\\/]jest-config[\\/]build[\\/]index\.js$/);
  try {
    return config === undefined ? null : createRequire(config).resolve('jest-circus/runner');
  } catch {
    return null;
  }
};

/** False for the commands that run no test. */
export const runsTests = (argv: readonly string[]): boolean => !argv.slice(2).some((arg) => nothingRuns.test(arg));

const nothingRuns =
  /^(--(listTests|list-tests|showConfig|show-config|clearCache|clear-cache|collectTests|collect-tests|init|help|version)|-h)$/;
