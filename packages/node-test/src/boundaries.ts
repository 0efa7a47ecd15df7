import { NetworkViolationError, type Recorder, type Scope } from '@netaudit/core/worker';
import { contextOf, currentRoot, kindOf, onTestEnd, type TestKind, type TestObject } from './compat.js';
import type { scopesOf } from './scope.js';

export type Facts = {
  readonly recorder: Recorder;
  readonly scopes: ReturnType<typeof scopesOf>;
  /** Whether a violation fails its test. */
  readonly fails: boolean;
  /** The file that is loaded next, null where the runner will say. */
  readonly main: string | null;
};

/** Which scopes of this process have begun. */
export class Boundaries {
  readonly #facts: Facts;
  readonly #begun = new WeakMap<TestObject, Scope>();
  readonly #files = new Map<string | null, Scope>();
  readonly #contexts = new WeakMap<object, TestObject>();
  #importing: Scope | null = null;
  /** Whether anything of the test runner has come by. */
  #known = false;
  /** How many tests are open. */
  open = 0;

  constructor(facts: Facts) {
    this.#facts = facts;
    const root = currentRoot();
    if (root) this.#followImports(root);
    if (facts.main !== null) facts.recorder.enter(this.#import(facts.main));
    this.#crossCheck();
    process.on('exit', () => this.#end());
  }

  /** Node is about to run the function of `test`: the scope that it belongs to, null where it has none of its own. */
  scopeOf(test: TestObject, kind: TestKind): Scope | null {
    this.#known = true;
    switch (kind) {
      case 'root':
        this.#followImports(test);
        return null;
      case 'suite':
        // Node calls it while the file is loaded; its hooks come later.
        return null;
      case 'elsewhere':
        return null;
      case 'test':
        // Node runs an empty function in the place of a test that is skipped; one that its hooks skipped is run.
        return test.skipped && !this.#begun.has(test) ? null : this.#begin(test);
      case 'hook':
        return this.#hookScope(test);
    }
  }

  #begin(test: TestObject): Scope {
    const known = this.#begun.get(test);
    if (known) return known;
    const { recorder, scopes } = this.#facts;
    if (test.parent === null || kindOf(test.parent) === 'root') this.#file(scopes.fileOf(test));
    else this.#begin(test.parent);
    const kind = kindOf(test) === 'suite' ? 'suite' : 'test';
    const scope = scopes.of(test, kind);
    this.#begun.set(test, scope);
    recorder.open(scope);
    if (kind === 'test') this.open += 1;
    this.#endWith(test, scope);
    return scope;
  }

  /**
   * After the function and every hook of a test or suite Node calls its postRun, which reports to the parent. We act when it is looked up:
   * a wrapper would be in the stacks of errors that Node makes there.
   */
  #endWith(test: TestObject, scope: Scope): void {
    const { postRun } = test;
    Object.defineProperty(test, 'postRun', {
      configurable: true,
      get: () => {
        Object.defineProperty(test, 'postRun', { value: postRun, configurable: true, writable: true });
        this.#close(test, scope);
        return postRun;
      },
    });
  }

  #close(test: TestObject, scope: Scope): void {
    const { recorder, fails } = this.#facts;
    if (scope.kind === 'test') this.open -= 1;
    const violations = recorder.end(scope);
    if (fails && violations && violations.length > 0) fail(test, new NetworkViolationError(violations, { codeFrame: true }));
    recorder.resume();
  }

  /** Hooks around each test belong to that test; `before` and `after` to what they were made in. */
  #hookScope(hook: TestObject): Scope {
    const { scopes } = this.#facts;
    const owner = hook.parentTest ?? null;
    const test = /Each$/.test(hook.hookType ?? '') && owner ? this.#testOf(contextOf(hook), owner) : null;
    if (test) return this.#begin(test);
    if (owner && kindOf(owner) !== 'root') return this.#begin(owner);
    return this.#file(scopes.fileOf(hook));
  }

  /** The test that a context (the argument of its function and hooks) stands for: the one below `owner` with the same signal. */
  #testOf(context: unknown, owner: TestObject): TestObject | null {
    if (typeof context !== 'object' || context === null) return null;
    const known = this.#contexts.get(context);
    if (known) return known;
    const found = findBySignal(owner, (context as { signal?: unknown }).signal);
    if (found) this.#contexts.set(context, found);
    return found;
  }

  #file(file: string | null): Scope {
    const known = this.#files.get(file);
    if (known) return known;
    this.#endImport();
    const scope = this.#facts.scopes.file(file);
    this.#files.set(file, scope);
    this.#facts.recorder.open(scope);
    return scope;
  }

  #import(file: string): Scope {
    this.#endImport();
    this.#importing = this.#facts.scopes.import(file);
    return this.#importing;
  }

  #endImport(): void {
    if (this.#importing) this.#facts.recorder.close(this.#importing);
    this.#importing = null;
  }

  /** Without process isolation Node writes each file it loads into the root of the tests, and null after the last. */
  #followImports(root: TestObject): void {
    if (this.#begun.has(root)) return;
    this.#begun.set(root, runScope);
    let entryFile = root.entryFile;
    Object.defineProperty(root, 'entryFile', {
      configurable: true,
      enumerable: true,
      get: () => entryFile,
      set: (file: string | null) => {
        entryFile = file;
        if (typeof file === 'string') this.#facts.recorder.open(this.#import(file));
        else this.#endImport();
      },
    });
  }

  /** Where Node tells of a test that ended, and none of its functions came by here: we do not know its test runner any more. */
  #crossCheck(): void {
    onTestEnd(() => {
      if (this.#known) return;
      this.#known = true;
      this.#facts.recorder.notice(
        `the test runner of Node ${process.versions.node} is not known here: connections are charged to test files, not to tests`,
      );
    });
  }

  #end(): void {
    const { recorder } = this.#facts;
    this.#endImport();
    for (const scope of this.#files.values()) recorder.close(scope);
    recorder.flush();
  }
}

/** A test that failed by itself keeps its error. One that is expected to fail, or skips itself, fails all the same. */
const fail = (test: TestObject, error: NetworkViolationError): void => {
  if (test.expectFailure) {
    test.expectFailure = false;
    test.error = null;
  }
  test.skipped = false;
  if (test.error === null) test.fail(error);
  else for (const line of `${error.name}: ${error.message}`.split('\n')) test.diagnostic(line);
};

const findBySignal = (owner: TestObject, signal: unknown): TestObject | null => {
  if (!(signal instanceof AbortSignal)) return null;
  for (const test of owner.subtests) {
    if (test.signal === signal) return test;
    const below = test.finished ? null : findBySignal(test, signal);
    if (below) return below;
  }
  return null;
};

const runScope: Scope = { id: 'run', kind: 'run', file: null, names: [] };
