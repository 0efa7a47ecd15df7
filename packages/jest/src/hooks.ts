import { types } from 'node:util';
import { type LocatedViolation, NetworkViolationError, type Recorder, type Scope } from '@netaudit/core/worker';
import {
  type CircusBlock,
  type CircusEvent,
  type CircusHook,
  type CircusState,
  type CircusTest,
  type Environment,
  type ExpectState,
  isKnownCircus,
  type Runtime,
} from './compat.js';
import type { scopesOf } from './scope.js';
import { wrapFunction } from './wrap-function.js';

export type FileFacts = {
  readonly recorder: Recorder;
  readonly scopes: ReturnType<typeof scopesOf>;
  /** Whether a violation fails its test. */
  readonly fails: boolean;
  readonly environment: Environment;
  readonly runtime: Runtime;
  readonly path: string;
};

/** Marks the boundaries of one test file by the events of jest-circus. */
export const followFile = (facts: FileFacts): FollowedFile => {
  const file = new FollowedFile(facts);
  hookLoading(file, facts);
  hookEvents(file, facts.environment);
  return file;
};

/** What is known of a test file while it runs. */
export class FollowedFile {
  readonly #recorder: Recorder;
  readonly #scopes: FileFacts['scopes'];
  readonly #fails: boolean;
  readonly #running = new Set<CircusTest>();
  #started: CircusTest | null = null;
  #sideBySide = false;
  #told: 'nothing' | 'as known' | 'otherwise' = 'nothing';
  #failed = false;
  readonly #errors: NetworkViolationError[] = [];
  #importing = true;
  #expectState: () => ExpectState | undefined = () => undefined;

  constructor({ recorder, scopes, fails }: FileFacts) {
    this.#recorder = recorder;
    this.#scopes = scopes;
    this.#fails = fails;
    recorder.open(scopes.file);
    recorder.open(scopes.import);
  }

  /** What `load` starts belongs to the loading of the file, while that is under way; it ends when the test file itself, the `last`, has loaded. */
  loading(load: () => unknown, last: boolean): unknown {
    if (!this.#importing) return load();
    const result = this.#recorder.within(this.#scopes.import, load);
    if (!last) return result;
    if (!isPromise(result)) this.#importEnds();
    else
      result.then(
        () => this.#importEnds(),
        () => this.#importEnds(),
      );
    return result;
  }

  before(event: CircusEvent, state: CircusState): void {
    const { name, test, describeBlock: block } = event;
    if (this.#told === 'nothing') this.#told = 'as known';
    if (name === 'run_start' && !isKnownCircus(state)) this.#told = 'otherwise';
    if (this.#told === 'otherwise') return;
    if (name === 'setup') this.#expectState = () => event.runtimeGlobals?.expect?.getState?.();
    else if (name === 'run_start') this.#runStarts(state);
    else if (name === 'run_describe_start' && block?.parent) this.#recorder.open(this.#scopes.suite(block));
    else if (name === 'concurrent_tests_start') this.#sideBySide = true;
    else if (name === 'test_started' && test) {
      this.#started = test;
      this.#testStarts(test);
    }
  }

  after(event: CircusEvent, state: CircusState): void {
    if (this.#told === 'otherwise') return;
    const { name, test, describeBlock: block } = event;
    if (name === 'test_done' && test) this.#testEnds(test);
    else if (name === 'run_describe_finish' && block?.parent) this.#end(this.#scopes.suite(block));
    else if (name === 'concurrent_tests_end') this.#sideBySide = false;
    else if (name === 'run_finish') this.#runEnds(state);
  }

  /** The file has run, or could not be loaded. Returns what the file fails with, where its runner told of no end at which it could be failed. */
  end(): readonly NetworkViolationError[] {
    this.#importEnds();
    if (this.#told !== 'as known') {
      const runner = this.#told === 'nothing' ? 'not jest-circus' : 'a jest-circus that is not known inside';
      this.#recorder.notice(`the test runner of these files is ${runner}: connections are charged to files, not to tests`);
    }
    if (!this.#failed) this.#keepOfFile();
    this.#recorder.close(this.#scopes.file);
    this.#recorder.flush();
    return this.#failed ? [] : this.#errors;
  }

  #runStarts({ rootDescribeBlock }: CircusState): void {
    this.#importEnds();
    this.#wrapBlock(rootDescribeBlock);
  }

  #importEnds(): void {
    if (!this.#importing) return;
    this.#importing = false;
    this.#recorder.close(this.#scopes.import);
  }

  /** What suites and the import did is told as Jest tells of a failing afterAll: it fails the file and no test. */
  #runEnds({ unhandledErrors }: CircusState): void {
    this.#keepOfFile();
    unhandledErrors.push(...this.#errors);
    this.#failed = true;
  }

  #keepOfFile(): void {
    this.#keep(this.#recorder.check(this.#scopes.import));
    this.#keep(this.#recorder.check(this.#scopes.file));
  }

  #end(suite: Scope): void {
    this.#keep(this.#recorder.end(suite));
  }

  #keep(violations: readonly LocatedViolation[] | null): void {
    const error = this.#errorOf(violations);
    if (error) this.#errors.push(withStack(error, null));
  }

  #testStarts(test: CircusTest): void {
    // Jest 29 starts all concurrent tests before it tells of the first.
    if (!this.#running.has(test)) this.#recorder.open(this.#scopes.test(test));
    this.#running.add(test);
  }

  #testEnds(test: CircusTest): void {
    const scope = this.#scopes.test(test);
    this.#running.delete(test);
    const error = this.#errorOf(this.#recorder.end(scope));
    if (error) test.errors.push(withStack(error, test.asyncError.stack));
  }

  #errorOf(violations: readonly LocatedViolation[] | null): NetworkViolationError | null {
    return this.#fails && violations && violations.length > 0 ? new NetworkViolationError(violations) : null;
  }

  #wrapBlock(block: CircusBlock): void {
    for (const hook of block.hooks) this.#wrapHook(hook, block);
    for (const child of block.children) {
      if (child.type === 'describeBlock') this.#wrapBlock(child);
      else this.#wrapTest(child);
    }
  }

  #wrapTest(test: CircusTest): void {
    if (!test.fn) return;
    test.fn = wrapFunction(test.fn, (call) => {
      this.#testStarts(test);
      return this.#recorder.within(this.#scopes.test(test), () => begun(call()));
    });
  }

  #wrapHook(hook: CircusHook, block: CircusBlock): void {
    const ofSuite = hook.type === 'beforeAll' || hook.type === 'afterAll';
    hook.fn = wrapFunction(hook.fn, (call) => {
      const scope = ofSuite ? this.#suiteScope(block) : this.#scopeOfRunningTest();
      return scope ? this.#recorder.within(scope, call) : call();
    });
  }

  #suiteScope(block: CircusBlock): Scope {
    return block.parent ? this.#scopes.suite(block) : this.#scopes.file;
  }

  /** Of tests that run side by side (Jest 30), the one `expect` names; where it names none, all of them stay candidates. */
  #scopeOfRunningTest(): Scope | null {
    const running = this.#sideBySide ? this.#expectState()?.currentTestIdentity?.() : this.#started;
    const test = [...this.#running].find((each) => each === running);
    return test ? this.#scopes.test(test) : null;
  }
}

/**
 * A thenable begins only when somebody waits for it (a query, say), and Jest waits for what a concurrent test returns outside of its context. A
 * promise of ours waits for it inside.
 */
const begun = (result: unknown): unknown =>
  !types.isPromise(result) && typeof (result as { then?: unknown } | null | undefined)?.then === 'function'
    ? new Promise((resolve) => resolve(result))
    : result;

/**
 * Jest takes all lines up to the first frame as the message. Where the violation has no frame, those of the line that defines the test stand
 * in, or one that Jest does not print.
 */
const withStack = (error: NetworkViolationError, stack: string | null | undefined): NetworkViolationError => {
  if (frames.test(error.stack ?? '')) return error;
  error.stack += frames.exec(stack ?? '')?.[0] ?? '\n    at <anonymous>:0:0';
  return error;
};

const frames = /(\n\s+at .*)+$/;

/** The runner loads the set-up files and the test file by name alone; what these load in turn is part of that. */
const hookLoading = (file: FollowedFile, { runtime, path }: FileFacts): void => {
  for (const method of ['requireModule', 'unstable_importModule'] as const) {
    const original = runtime[method];
    if (typeof original !== 'function') continue;
    runtime[method] = function (this: Runtime, from, name, ...rest: []) {
      const load = (): unknown => original.call(this, from, name, ...rest);
      return name === undefined ? file.loading(load, from === path) : load();
    };
  }
};

/** The environment's own handler, if it has one, runs inside ours, in the same turn as without us. */
const hookEvents = (file: FollowedFile, environment: Environment): void => {
  const own = environment.handleTestEvent;
  environment.handleTestEvent = (event, state) => {
    file.before(event, state);
    const result = own?.call(environment, event, state);
    if (!isPromise(result)) return file.after(event, state);
    return result.then(() => file.after(event, state));
  };
};

const isPromise = (value: unknown): value is Promise<unknown> => typeof (value as Promise<unknown> | undefined)?.then === 'function';
