import { type AnsweredViolation, NetworkViolationError, type Recorder, type Scope } from '@netaudit/core/worker';
import type { RunnerPrototype, Task } from './compat.js';
import type { scopesOf } from './scope.js';

export type HookFacts = {
  readonly recorder: Recorder;
  readonly scopes: ReturnType<typeof scopesOf>;
  /** Whether a violation fails its test. */
  readonly fails: boolean;
  /** The import that is under way when the hooks are set, as Vitest has told of it already. */
  readonly importing: Scope | null;
};

/** Marks the boundaries of imports, suites and tests by way of the runner's own methods; once a worker. */
export const hookRunner = (prototype: RunnerPrototype, facts: HookFacts): void => {
  if (hooked.has(prototype)) return;
  hooked.add(prototype);
  const importing = hookImports(prototype, facts);
  hookSuites(prototype, facts, importing);
  hookTests(prototype, facts);
};

const hooked = new WeakSet<RunnerPrototype>();

type Importing = { scope: Scope | null };

/** Vitest replaces onCollectStart and onAfterRunTask on each runner before our setup file is loaded, so those can not be used. */
const hookImports = (prototype: RunnerPrototype, { recorder, scopes, importing }: HookFacts): Importing => {
  const state: Importing = { scope: importing };
  if (importing) recorder.open(importing);
  const { importFile } = prototype;
  prototype.importFile = function (path, source) {
    if (source === 'collect' && !state.scope) {
      state.scope = scopes.import(path);
      recorder.open(state.scope);
    }
    const load = (): unknown => importFile?.call(this, path, source);
    return state.scope ? recorder.within(state.scope, load) : load();
  };
  return state;
};

const hookSuites = (prototype: RunnerPrototype, facts: HookFacts, importing: Importing): void => {
  const { recorder, scopes } = facts;
  const { onBeforeRunSuite, onAfterRunSuite } = prototype;
  const imports = new WeakMap<Task, Scope>();
  prototype.onBeforeRunSuite = function (suite) {
    if (suite.filepath !== undefined && importing.scope) {
      recorder.close(importing.scope);
      imports.set(suite, importing.scope);
      importing.scope = null;
    }
    if (suite.mode === 'run' || suite.mode === 'queued') recorder.enter(scopes.suite(suite));
    return onBeforeRunSuite?.call(this, suite);
  };
  prototype.onAfterRunSuite = function (suite) {
    const scope = scopes.suite(suite);
    recorder.close(scope);
    // What the import did is told only here: a file that fails before it is run would not run its tests.
    failSuite(suite, facts, [imports.get(suite), scope]);
    if (suite.filepath !== undefined) recorder.flush();
    return onAfterRunSuite?.call(this, suite);
  };
};

const hookTests = (prototype: RunnerPrototype, facts: HookFacts): void => {
  const { recorder, scopes } = facts;
  const { onBeforeTryTask } = prototype;
  const expectedToFail = new WeakSet<Task>();
  prototype.onBeforeTryTask = function (test, options) {
    const scope = scopes.test(test);
    if (expectedToFail.has(test)) test.fails = true;
    recorder.enter(scope);
    // The first one registered is the last one run: after the body and every hook of the test.
    test.context.onTestFinished(() => {
      recorder.close(scope);
      const error = violationOf(scope, facts);
      if (error && test.fails) {
        // With test.fails a thrown error would be the failure that is expected: it counts as one that is not.
        expectedToFail.add(test);
        test.fails = false;
        if (test.result) test.result.errors = [];
      }
      if (error) throw error;
    });
    return onBeforeTryTask?.call(this, test, options);
  };
};

const failSuite = (suite: Task, facts: HookFacts, scopes: readonly (Scope | undefined)[]): void => {
  for (const scope of scopes) {
    const error = scope && violationOf(scope, facts);
    if (error) fail(suite, error);
  }
};

const violationOf = (scope: Scope, { recorder, fails }: HookFacts): NetworkViolationError | null => {
  const violations: readonly AnsweredViolation[] | null = recorder.check(scope);
  return fails && violations && violations.length > 0 ? new NetworkViolationError(violations) : null;
};

const fail = (task: Task, { name, message, stack }: Error): void => {
  task.result = { ...task.result, state: 'fail', errors: [...(task.result?.errors ?? []), { name, message, stack }] };
};
