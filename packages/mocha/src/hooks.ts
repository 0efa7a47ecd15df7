import { NetworkViolationError, type Recorder, type Scope } from '@netaudit/core/worker';
import type { Hook, Mocha, Runner, Suite, Test } from './compat.js';
import { addTo, errorOf, withoutTrampoline } from './errors.js';
import type { scopesOf } from './scope.js';

export type HookFacts = {
  readonly recorder: Recorder;
  readonly scopes: ReturnType<typeof scopesOf>;
  /** Whether a violation fails its test. */
  readonly fails: boolean;
};

/** Marks the boundaries of imports, suites, hooks and tests by way of Mocha's own methods and events; once a process. */
export const hookMocha = (mocha: Mocha, facts: HookFacts): void => {
  const course: Course = { runner: null, attempt: null, files: new WeakMap(), open: new Map() };
  hookImports(mocha, facts, course);
  hookRuns(mocha, facts, course);
  hookTests(mocha, facts, course);
};

/** Where the process is. Only one runner is followed: one that a test makes is a part of that test. */
type Course = {
  runner: Runner | null;
  attempt: Attempt | null;
  /** The file that each root hook stands in. */
  readonly files: WeakMap<Hook, string>;
  /** Scopes of suite hooks, by id, outermost first. */
  readonly open: Map<string, Scope>;
};

type Attempt = {
  readonly test: Test;
  readonly scope: Scope;
  /** Mocha tries the test again, whatever this attempt came to. */
  retried: boolean;
  /** The body's violation has failed it already. */
  failed: boolean;
};

const hookImports = (mocha: Mocha, { recorder, scopes }: HookFacts, course: Course): void => {
  const { loadFilesAsync } = mocha.prototype;
  // What is entered for a file does not outlast the loading. A scope that is not open stands for none (a store that is undefined is not undone).
  mocha.prototype.loadFilesAsync = function (...args) {
    return recorder.within(scopes.run, () => loadFilesAsync.apply(this, args));
  };
  const { prototype } = mocha.Suite;
  const { emit } = prototype;
  let importing: { readonly file: string; readonly scope: Scope } | null = null;
  prototype.emit = function (event, ...args) {
    const [first, file] = args;
    if ((event === 'pre-require' || event === 'post-require') && importing && !course.runner) {
      recorder.close(importing.scope);
      recorder.resume();
      importing = null;
    }
    if (event === 'pre-require' && typeof file === 'string' && !course.runner) {
      importing = { file, scope: scopes.import(file) };
      recorder.enter(importing.scope);
    }
    if ((event === 'beforeAll' || event === 'afterAll') && importing && this.root) course.files.set(first as Hook, importing.file);
    return emit.call(this, event, ...args);
  };
};

const hookRuns = ({ Runner: { prototype } }: Mocha, facts: HookFacts, course: Course): void => {
  const { run } = prototype;
  prototype.run = function (...args) {
    if (!course.runner) follow(this, facts, course);
    return run.apply(this, args);
  };
};

/** The scope of a suite is open as long as the suite runs, and innermost while one of its hooks does. */
const follow = (runner: Runner, { recorder, scopes, fails }: HookFacts, course: Course): void => {
  const { open, files } = course;
  course.runner = runner;
  const begin = (scope: Scope): void => {
    if (open.delete(scope.id)) recorder.close(scope);
    open.set(scope.id, scope);
    recorder.enter(scope);
  };
  const end = (ended: readonly Scope[]): void => {
    for (const scope of ended.filter(({ id }) => open.delete(id))) recorder.close(scope);
    recorder.resume();
  };
  const ofSuiteHook = (hook: Hook): Scope => {
    if (!hook.parent.root) return scopes.suite(hook.parent);
    const file = files.get(hook);
    return file === undefined ? scopes.run : scopes.file(file);
  };
  runner.on('suite', (suite) => !suite.root && begin(scopes.suite(suite)));
  runner.on('suite end', (suite: Suite) => {
    abandon(course, recorder);
    end(suite.root ? [...open.values()] : [scopes.suite(suite)]);
  });
  runner.on('hook', (hook) => (course.attempt ? recorder.resume(course.attempt.scope) : begin(ofSuiteHook(hook))));
  runner.on('retry', () => {
    if (course.attempt) course.attempt.retried = true;
  });
  runner.prependListener('fail', (_, error) => {
    const violation = course.attempt && !(error instanceof NetworkViolationError) && errorOf(recorder.check(course.attempt.scope), fails);
    if (!(error instanceof NetworkViolationError)) withoutTrampoline(error);
    if (violation) addTo(error, violation);
  });
  runner.on('end', () => {
    course.runner = null;
    recorder.flush();
  });
};

/** An attempt at a test begins before its first hook and ends after its last. What its body did fails it before it is said to pass. */
const hookTests = ({ Runner: { prototype } }: Mocha, { recorder, scopes, fails }: HookFacts, course: Course): void => {
  const { hookDown, runTest, hookUp } = prototype;
  const begin = (test: Test | undefined): void => {
    if (!test) return;
    course.attempt = { test, scope: scopes.test(test), retried: false, failed: false };
    recorder.enter(course.attempt.scope);
  };
  const end = (runner: Runner): void => {
    if (!course.attempt) return;
    const { test, scope, retried, failed } = course.attempt;
    course.attempt = null;
    const violation = errorOf(recorder.end(scope), fails);
    recorder.resume();
    if (violation && !retried && !failed) runner.fail(test, violation, true);
  };
  prototype.hookDown = function (name, done) {
    if (this === course.runner) begin(this.test);
    hookDown.call(this, name, done);
  };
  prototype.runTest = function (done) {
    const { attempt } = course;
    if (this !== course.runner || !attempt) return runTest.call(this, done);
    recorder.resume(attempt.scope);
    runTest.call(this, (error) => done(outcome(attempt, error)));
  };
  const outcome = (attempt: Attempt, error: unknown): unknown => {
    const { test } = attempt;
    if (error && !test.pending) return error;
    const violation = errorOf(recorder.check(attempt.scope), fails);
    attempt.failed = violation !== null;
    // A test that skips itself after a connection is not skipped: it fails.
    if (violation) test.pending = false;
    return violation ?? error;
  };
  prototype.hookUp = function (name, done) {
    if (this !== course.runner) return hookUp.call(this, name, done);
    hookUp.call(this, name, (error, suite) => {
      // After a hook that failed, Mocha goes on with the hooks of the outer suites.
      if (!error || !(suite as Suite | undefined)?.parent) end(this);
      done(error, suite);
    });
  };
};

/** An attempt that Mocha did not bring to its end: the run was aborted. */
const abandon = (course: Course, recorder: Recorder): void => {
  if (course.attempt) recorder.close(course.attempt.scope);
  course.attempt = null;
};
