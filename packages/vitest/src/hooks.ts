import { type LocatedViolation, NetworkViolationError, permissionsFromOption, type Recorder, type Scope } from '@netaudit/core/worker';
import { isSuite, isTest, type RunnerPrototype, type Task } from './compat.js';
import type { scopesOf } from './scope.js';

export type HookFacts = {
  readonly recorder: Recorder;
  readonly scopes: ReturnType<typeof scopesOf>;
  /** Whether a violation fails its test. */
  readonly fails: boolean;
};

/** What the runner has told of the file that this worker runs now. */
export type Progress = {
  /** The import that is under way. */
  importing: Scope | null;
  /** Whether the runner has said that the file's tests begin. */
  inFile: boolean;
  /** The tests that the runner has announced. */
  readonly tests: WeakSet<object>;
};

export const newProgress = (): Progress => ({ importing: null, inFile: false, tests: new WeakSet() });

/** Marks the boundaries of imports, suites and tests by way of the runner's own methods; once a worker. */
export const hookRunner = (prototype: RunnerPrototype & { [key]?: Progress }, facts: HookFacts): Progress => {
  const known = prototype[key];
  if (known) return known;
  const progress = newProgress();
  Object.defineProperty(prototype, key, { value: progress });
  hookImports(prototype, facts, progress);
  hookSuites(prototype, facts, progress);
  hookTests(prototype, facts, progress);
  return progress;
};

/** On the prototype: a worker that is used again may load this module once more. */
const key: unique symbol = Symbol.for('netaudit.vitest.progress') as never;

/** Vitest replaces onCollectStart and onAfterRunTask on each runner before our setup file is loaded, so those can not be used. */
const hookImports = (prototype: RunnerPrototype, { recorder, scopes }: HookFacts, progress: Progress): void => {
  const { importFile } = prototype;
  prototype.importFile = function (path, source) {
    if (source === 'collect' && !progress.importing) {
      progress.importing = scopes.import(path);
      recorder.open(progress.importing);
    }
    const load = (): unknown => importFile.call(this, path, source);
    return progress.importing ? recorder.within(progress.importing, load) : load();
  };
};

const hookSuites = (prototype: RunnerPrototype, facts: HookFacts, progress: Progress): void => {
  const { recorder, scopes } = facts;
  const { onBeforeRunSuite, onAfterRunSuite } = prototype;
  const imports = new WeakMap<Task, Scope>();
  prototype.onBeforeRunSuite = function (suite) {
    if (!isSuite(suite)) return onBeforeRunSuite.call(this, suite);
    if (suite.filepath !== undefined) {
      progress.inFile = true;
      if (progress.importing) {
        recorder.close(progress.importing);
        imports.set(suite, progress.importing);
        progress.importing = null;
      }
    }
    const scope = scopes.suite(suite);
    if (runs(suite)) recorder.enter(scope, stated(suite, scope, facts));
    return onBeforeRunSuite.call(this, suite);
  };
  prototype.onAfterRunSuite = function (suite) {
    if (!isSuite(suite)) return onAfterRunSuite.call(this, suite);
    // What the import did is told only here: a file that fails before it is run would not run its tests.
    const importing = imports.get(suite);
    if (importing) failWith(suite, recorder.check(importing), facts);
    failWith(suite, recorder.end(scopes.suite(suite)), facts);
    if (suite.filepath !== undefined) {
      progress.inFile = false;
      recorder.flush();
    }
    return onAfterRunSuite.call(this, suite);
  };
};

const hookTests = (prototype: RunnerPrototype, facts: HookFacts, progress: Progress): void => {
  const { recorder, scopes } = facts;
  const { onBeforeRunTask, onBeforeTryTask } = prototype;
  const expectedToFail = new WeakSet<Task>();
  // Hooks around the test (aroundEach, from 4.1) run before the try begins.
  prototype.onBeforeRunTask = async function (test) {
    followEnd(this, facts);
    const scope = isTest(test) && runs(test) ? scopes.test(test) : null;
    if (scope) recorder.enter(scope, stated(test, scope, facts));
    await onBeforeRunTask.call(this, test);
    if (scope && !runs(test)) recorder.close(scope);
  };
  prototype.onBeforeTryTask = function (test, options) {
    if (!isTest(test)) return onBeforeTryTask.call(this, test, options);
    progress.tests.add(test);
    const scope = scopes.test(test);
    if (expectedToFail.has(test)) test.fails = true;
    recorder.enter(scope, stated(test, scope, facts));
    // The first one registered is the last one run: after the body and every hook of the test.
    test.context.onTestFinished(() => {
      const error = errorOf(recorder.end(scope), facts);
      if (error && test.fails) {
        // With test.fails a thrown error would be the failure that is expected: it counts as one that is not.
        expectedToFail.add(test);
        test.fails = false;
        if (test.result) test.result.errors = [];
      }
      if (error) throw error;
    });
    return onBeforeTryTask.call(this, test, options);
  };
};

/**
 * What follows the hooks of the test itself, such as the end of one around it, is asked for once more. Vitest gives each runner a method of its own
 * before our setup file is loaded: it is followed there.
 */
const followEnd = (runner: RunnerPrototype, facts: HookFacts): void => {
  const { onAfterRunTask } = runner;
  if (followed.has(runner) || typeof onAfterRunTask !== 'function') return;
  followed.add(runner);
  runner.onAfterRunTask = function (test) {
    if (isTest(test)) failWith(test, facts.recorder.checkAgain(facts.scopes.test(test)), facts);
    return onAfterRunTask.call(this, test);
  };
};

const followed = new WeakSet<object>();

const runs = ({ mode }: Task): boolean => mode === 'run' || mode === 'queued';

/** The permissions that a task states as an option: from Vitest 4.1 `meta` of a test or suite is in its task, and the same object in each task below. */
export const stated = (task: Task, scope: Scope, { scopes }: HookFacts) => {
  const stating = statingTask(task);
  return permissionsFromOption(task.meta?.netaudit, stating === task ? scope : scopes.suite(stating));
};

const statingTask = (task: Task): Task =>
  task.suite?.meta?.netaudit !== undefined && task.suite.meta.netaudit === task.meta?.netaudit ? statingTask(task.suite) : task;

/** The error that a scope with these violations fails with, null where there are none. */
export const errorOf = (violations: Violations, { fails }: HookFacts): NetworkViolationError | null =>
  fails && violations && violations.length > 0 ? new NetworkViolationError(violations) : null;

type Violations = readonly LocatedViolation[] | null;

const failWith = (task: Task, violations: Violations, facts: HookFacts): void => {
  const error = errorOf(violations, facts);
  if (!error) return;
  const { name, message, stack } = error;
  task.result = { ...task.result, state: 'fail', errors: [...(task.result?.errors ?? []), { name, message, stack }] };
};
