import { executionAsyncResource } from 'node:async_hooks';
import { subscribe } from 'node:diagnostics_channel';
import { url as inspectorUrl } from 'node:inspector';
import { isMainThread } from 'node:worker_threads';

/**
 * The parts of Node's own Test, Suite and TestHook that are used (lib/internal/test_runner/test.js; Node 20.19 to 26). They are AsyncResources,
 * and run the functions of the user through the public `runInAsyncScope`, which shows them to us.
 */
export type TestObject = {
  readonly name: string;
  readonly parent: TestObject | null;
  readonly subtests: readonly TestObject[];
  readonly finished: boolean;
  readonly signal: AbortSignal;
  /** The file that was loaded when it was made (Node 22 on); null in the root once all are loaded. */
  entryFile?: string | null | undefined;
  /** Where it was called. */
  readonly loc?: { readonly file?: string } | undefined;
  error: unknown;
  skipped: boolean;
  expectFailure?: unknown;
  fail(error: Error): void;
  diagnostic(message: string): void;
  /** Is called, and so looked up, once: `kindOf` must not. */
  readonly postRun: (...args: readonly unknown[]) => void;
  readonly reportedType?: string;
  /** Of a hook only. */
  readonly hookType?: string;
  readonly parentTest?: TestObject | null;
  getRunArgs?(): { readonly args?: readonly unknown[] } | undefined;
  /** Of a file that the runner gives to a process of its own. */
  readonly addToReport?: unknown;
};

/** `elsewhere` is a file that another process runs. */
export type TestKind = 'root' | 'suite' | 'test' | 'hook' | 'elsewhere';

/** What an AsyncResource is to the test runner; null for all others. */
export const kindOf = (resource: object): TestKind | null => {
  const test = resource as Partial<TestObject>;
  if (!('postRun' in test) || typeof test.fail !== 'function' || !Array.isArray(test.subtests)) return null;
  if (typeof test.hookType === 'string') return 'hook';
  if (typeof test.name !== 'string' || !(test.signal instanceof AbortSignal)) return null;
  if ('addToReport' in test) return 'elsewhere';
  if (test.parent === null) return 'root';
  return test.reportedType === 'suite' ? 'suite' : 'test';
};

/** What the function of a hook is given first: of a hook around each test, the context of that test. */
export const contextOf = (hook: TestObject): unknown => hook.getRunArgs?.()?.args?.[0];

/**
 * Calls `ended` when Node itself says that a test has ended: Node 24.16 and 26.1 on, never before. Not of the start: with a listener for that
 * Node runs tests in another way, which shows in `this` and in stacks.
 */
export const onTestEnd = (ended: () => void): void =>
  subscribe('tracing:node.test:end', (message) => {
    if ((message as { type?: unknown } | null)?.type === 'test') ended();
  });

/** The root of the tests, where Node loads its preloads inside of it (without process isolation, Node 24 on). */
export const currentRoot = (): TestObject | null => {
  const resource = executionAsyncResource();
  return kindOf(resource) === 'root' ? (resource as TestObject) : null;
};

/** `child` runs one test file for a runner, `runner` gives each file to a child, `alone` runs tests itself. */
export type ProcessRole = 'runner' | 'child' | 'alone' | 'other';

/** The role of this process. With the package in NODE_OPTIONS every program loads it: only the test runner's processes take part. */
export const processRole = ({ env, execArgv }: NodeJS.Process): ProcessRole => {
  if (!isMainThread) return 'other';
  if (env.NODE_TEST_CONTEXT?.startsWith('child')) return 'child';
  const flags = [...execArgv, ...(env.NODE_OPTIONS ?? '').split(/\s+/)];
  if (execArgv.includes('--test')) return currentRoot() || hasNoIsolation(flags) ? 'alone' : 'runner';
  const named = (words: readonly string[]): boolean => words.some((word) => word.includes('@netaudit/node-test'));
  return named((env.NODE_OPTIONS ?? '').split(/\s+/)) && !named(execArgv) ? 'other' : 'alone';
};

const hasNoIsolation = (flags: readonly string[]): boolean =>
  flags.some((flag, index) => {
    const [name, value = flags[index + 1]] = flag.split('=');
    return /^--(experimental-)?test-isolation$/.test(name ?? '') && value === 'none';
  });

/** Why this process can not be started again as it is. */
export const rerunRefused = (): string | null => {
  if (inspectorUrl() !== undefined) return 'a debugger may be attached (--inspect)';
  return process.send === undefined ? null : 'the process that started this one talks to it over a channel of its own';
};
