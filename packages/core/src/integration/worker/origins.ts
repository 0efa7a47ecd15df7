import { AsyncLocalStorage } from 'node:async_hooks';
import { now } from './clock.js';
import { captureStack, type Realm } from './stack.js';

/** One call of an entry point (`fetch`, `net.connect`, `spawn`, …). `stack` is null where it is part of another call, which has it. */
export type Entry = { readonly call: number; readonly host: string | null; readonly stack: Error | null };

/** The calls that led to one connection, process or thread: innermost first. */
export type Begun = { readonly host: string | null; readonly entries: readonly Entry[] };

/**
 * Remembers where this thread began connections, processes and threads, so that the place can be told if one is a violation. Keeps stacks
 * unread, as reading one runs the framework's source maps (0.3 to 0.7 ms); and no more of them than `recordLimit`.
 */
export class Origins {
  readonly #within = new AsyncLocalStorage<readonly Entry[]>();
  #records: BegunRecord[] = [];
  #calls = 0;
  /** The calls that are on the stack right now. */
  #running: readonly Entry[] | null = null;
  readonly #globals = new WeakSet<object>();
  #realm: Realm;

  constructor(realm: Realm) {
    this.#realm = realm;
  }

  /** From now on tests run in this vm context. */
  set realm(realm: Realm) {
    this.#realm = realm;
  }

  /** Whether a global object is seen for the first time. */
  isNewRealm(global: object): boolean {
    if (this.#globals.has(global)) return false;
    this.#globals.add(global);
    return true;
  }

  /** Runs the call of an entry point; what it begins, now or later, has come from here. */
  enter<Result>(host: string | null, body: () => Result): Result {
    const running = this.#running;
    if (running && host === null) return body();
    const outer = running ?? this.#within.getStore() ?? [];
    this.#running = [this.#entry(host, running === null), ...outer.slice(0, entryLimit - 1)];
    try {
      return this.#within.run(this.#running, body);
    } finally {
      this.#running = running;
    }
  }

  /** Runs the lowest call, in which the kernel starts something. `connects`: it is the connection itself, to the host that was asked for. */
  record<Result>(connects: boolean, call: () => Result): Result {
    const entries = this.#running ?? this.#within.getStore() ?? [this.#entry(null, true)];
    const from = now();
    try {
      return call();
    } finally {
      this.#records.push({ from, to: now(), connects, entries });
      if (this.#records.length > 2 * recordLimit) this.#records = this.#records.slice(-recordLimit);
    }
  }

  /** What this thread began at `at` (µs by its clock): the system call was made between the two readings of a record. */
  begunAt(at: number): Begun | null {
    const found = this.#records.findLast(({ from, to }) => from - 1 <= at && at <= to + 1);
    return found ? { host: found.connects ? (found.entries[0]?.host ?? null) : null, entries: found.entries } : null;
  }

  /** Connections begun up to `at` have been asked about: lets go of what their stacks hold. Children can still do something. */
  forget(at: number): void {
    this.#records = this.#records.filter(({ to, connects }) => to > at || !connects);
  }

  #entry(host: string | null, outermost: boolean): Entry {
    this.#calls += 1;
    return { call: this.#calls, host, stack: outermost ? captureStack(this.#realm) : null };
  }
}

type BegunRecord = { readonly from: number; readonly to: number; readonly connects: boolean; readonly entries: readonly Entry[] };

const recordLimit = 1000;
/** How many calls of a chain are kept: a callback that connects again and again makes it ever longer. */
const entryLimit = 6;
