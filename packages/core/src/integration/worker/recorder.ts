import { AsyncLocalStorage } from 'node:async_hooks';

import type { MarkerMessage } from '../../model/marker.js';
import type { StatedPermission } from '../../model/permission.js';
import type { Scope } from '../../model/scope.js';
import type { Answer, AnsweredViolation } from '../../model/session.js';
import { workerThreads } from './builtins.js';
import type { Channel } from './channel.js';
import { now } from './clock.js';
import { Origins } from './origins.js';
import { TestFiles } from './permission/test-files.js';
import { type ResolvedOrigin, resolveOrigin } from './resolve.js';

/** A violation, and where in the user's code it was begun; null where that is not known. */
export type LocatedViolation = AnsweredViolation & { readonly origin: ResolvedOrigin | null };

/** Keeps the scopes of one test thread: stamps in memory, written in batches; a context marker only where the stamps could not tell. */
export class Recorder {
  /** Where this thread began what it began. */
  readonly origins = new Origins({ Error });
  readonly #told = new Map<number, ResolvedOrigin>();
  readonly #worker: string;
  readonly #root: string;
  readonly #channel: Channel;
  readonly #context = new AsyncLocalStorage<Scope | undefined>();
  readonly #open = new Map<string, Scope>();
  readonly #touched = new Set<string>();
  readonly #resolved = new Set<string>();
  /** Scopes that may have begun processes or threads. */
  readonly #begot = new Set<string>();
  readonly #files: TestFiles;
  #batch: MarkerMessage[] = [];
  #questions = 0;
  #lookups = 0;
  #alerted = false;

  /** `root`: the folder that the files of scopes, and the paths in reports, are relative to. */
  constructor(channel: Channel, worker: string, root: string) {
    this.#channel = channel;
    this.#worker = worker;
    this.#root = root;
    this.#files = new TestFiles(root);
    channel.write([{ kind: 'hello', worker }]);
  }

  /** The scope begins; the code that goes on from here, and all that it starts, belongs to it. `permissions`: as for `open`. */
  enter(scope: Scope, permissions: readonly StatedPermission[] = []): void {
    this.open(scope, permissions);
    this.#context.enterWith(scope);
  }

  /** The code that goes on from here belongs to `scope`, which has begun; to none without one. */
  resume(scope?: Scope): void {
    this.#context.enterWith(scope);
  }

  /** What `body` starts belongs to the scope, which has begun. */
  within<Result>(scope: Scope, body: () => Result): Result {
    return this.#context.run(scope, body);
  }

  /**
   * The scope begins, for this thread's clock only; nothing when it has begun already. `permissions`: what options state for it; comments of
   * its file are read here.
   */
  open(scope: Scope, permissions: readonly StatedPermission[] = []): void {
    if (this.#open.has(scope.id)) return;
    this.#open.set(scope.id, scope);
    this.#batch.push({ kind: 'scope', scope });
    const stated = [...this.#files.permissionsOf(scope), ...permissions];
    if (stated.length > 0) this.#batch.push({ kind: 'permit', scope: scope.id, permissions: stated });
    this.#batch.push({ kind: 'stamp', scope: scope.id, open: true, at: now() });
  }

  /** The name was looked up and has these addresses: told with the next batch, which is before any connection to them is charged. */
  resolved(name: string, addresses: readonly string[]): void {
    const key = JSON.stringify([name, addresses]);
    if (this.#resolved.has(key)) return;
    this.#resolved.add(key);
    this.#batch.push({ kind: 'resolved', name, addresses, at: now() });
  }

  /** The scope ends, and nobody asks what it did. */
  close(scope: Scope): void {
    this.#open.delete(scope.id);
    this.#batch.push({ kind: 'stamp', scope: scope.id, open: false, at: now() });
    // What it leaves behind is then known to outlive it.
    if (this.#begot.delete(scope.id) || this.#batch.length >= batchLimit) this.flush();
  }

  /** Says, for the report, what the adapter can not do. */
  notice(text: string): void {
    this.#batch.push({ kind: 'notice', text });
    this.flush();
  }

  /** Writes what is in memory. */
  flush(): void {
    if (this.#batch.length === 0) return;
    this.#channel.write(this.#batch);
    this.#batch = [];
  }

  /**
   * The scope ends; returns what `check` does. Asked before its end is noted: then there is nothing to say but the question, which needs no marker,
   * and its end goes with what follows.
   */
  end(scope: Scope): readonly LocatedViolation[] | null {
    const violations = this.check(scope);
    this.close(scope);
    return violations;
  }

  /** What was charged to `scope`, since it was last asked, and is not allowed; asked only when something may have been. null: no answer in time. */
  check(scope: Scope): readonly LocatedViolation[] | null {
    for (const answer of this.#channel.look()) this.#alerted ||= answer.n === null;
    if (!this.#touched.has(scope.id) && !this.#alerted) return [];
    this.#touched.delete(scope.id);
    this.#alerted = false;
    this.#questions += 1;
    const asked = now();
    this.#ask(this.#questions, scope);
    const answer = this.#channel.wait(this.#questions, answerTimeoutMs);
    return answer && this.#locate(answer, asked);
  }

  /** As `check`, for a scope that has ended: asked only where it has begun something since. */
  checkAgain(scope: Scope): readonly LocatedViolation[] | null {
    return this.#touched.has(scope.id) ? this.check(scope) : [];
  }

  /** By a marker only where there is more to say: it costs a stop of the thread. */
  #ask(n: number, scope: Scope): void {
    if (this.#batch.length === 0 && this.#channel.ask(n, scope.id)) return;
    this.#batch.push({ kind: 'sync', n, scope: scope.id });
    this.flush();
    this.#channel.ring();
  }

  /** Adds where each violation was begun, and tells the supervisor, of those of other scopes too. */
  #locate({ violations, begun }: Answer, asked: number): LocatedViolation[] {
    for (const { seq, begunAt } of begun) this.#tell(seq, begunAt);
    this.origins.forget(asked);
    this.flush();
    return violations.map((violation) => ({ ...violation, origin: this.#told.get(violation.seq) ?? null }));
  }

  #tell(event: number, begunAt: number): void {
    const begun = this.origins.begunAt(begunAt);
    if (!begun) return;
    const resolved = resolveOrigin(begun, this.#worker, this.#root);
    this.#told.set(event, resolved);
    const { call, host, site, package: name } = resolved;
    this.#batch.push({ kind: 'origin', event, origin: { call, host, site, package: name } });
  }

  /** Runs `call`, which may make the kernel start a connection or a process, such that the trace tells whose it is. */
  attribute<Result>(call: () => Result, what: 'connection' | 'other'): Result {
    if (what === 'connection') return this.#attribute(() => this.origins.record(true, call));
    const scope = this.currentScope();
    if (scope !== null) this.#begot.add(scope);
    return this.origins.enter(null, () => this.#attribute(() => this.origins.record(false, call)));
  }

  #attribute<Result>(call: () => Result): Result {
    const scope = this.#contextScope();
    this.#touch(scope);
    if (!scope || this.#impliedScope() === scope.id) return call();
    this.#batch.push({ kind: 'context', scope: scope.id });
    this.flush();
    try {
      return call();
    } finally {
      this.#batch.push({ kind: 'context', scope: null });
      this.flush();
    }
  }

  /** A host name is looked up on libuv's pool; what is returned says that the look-up has ended. */
  lookUp(name: string): () => void {
    const scope = this.#contextScope();
    this.#lookups += 1;
    const n = this.#lookups;
    const at = this.origins.record(false, now);
    this.#noteLookup({ kind: 'lookup', n, name, scope: this.currentScope(), at });
    this.#touch(scope);
    return () => this.#noteLookup({ kind: 'lookedUp', n, at: now() });
  }

  /** The threads of a process share the pool: one that is not the first tells at once, as the others can not be waited for. */
  #noteLookup(message: MarkerMessage): void {
    this.#batch.push(message);
    if (!workerThreads.isMainThread || this.#batch.length >= batchLimit) this.flush();
  }

  /** The scope whose code runs now, or else the only one that is open; null where that can not be told. */
  currentScope(): string | null {
    return this.#contextScope()?.id ?? this.#impliedScope();
  }

  /** `scope` uses the connection that a call of this thread, between these clock readings, opened for another. */
  noteUse(scope: string, opened: { readonly from: number; readonly to: number }): void {
    this.#batch.push({ kind: 'use', scope, ...opened });
  }

  /**
   * The scope whose code runs now. One of a suite counts only while it is open: Vitest's runner goes on with the parent's hooks in the
   * context of the suite that has just ended.
   */
  #contextScope(): Scope | undefined {
    const scope = this.#context.getStore();
    return scope && (scope.kind === 'test' || scope.kind === 'import' || this.#open.has(scope.id)) ? scope : undefined;
  }

  /** The first touch of a scope writes its beginning, so that it is known even if the thread dies. */
  #touch(scope: Scope | undefined): void {
    const touched = scope ? [scope.id] : [...this.#open.keys()];
    if (touched.every((id) => this.#touched.has(id))) return;
    for (const id of touched) this.#touched.add(id);
    this.flush();
  }

  /** The scope that the stamps alone would name. */
  #impliedScope(): string | null {
    const open = [...this.#open.values()];
    const tests = open.filter((scope) => scope.kind === 'test');
    if (tests.length > 1) return null;
    return (tests[0] ?? open.at(-1))?.id ?? null;
  }
}

/** As many fit into one path, deflated, where their names are not long. */
const batchLimit = 256;
const answerTimeoutMs = 2000;
