/**
 * Which scopes were open on one thread at a time. Built from the thread's own stamps, in order; since strace stamps a call while its thread
 * is stopped, a call and the thread's own clock readings around it order exactly.
 */
export class Timeline {
  #changes: { readonly at: number; readonly open: readonly string[] }[] = [];
  #contexts: { readonly from: number; to: number; readonly scope: string }[] = [];
  readonly #ends = new Map<string, number>();
  readonly #begins = new Map<string, number[]>();
  #forgotten = 0;
  /** Up to here (µs since the epoch) every stamp of the thread is known. */
  horizon = 0;

  stamp(scope: string, open: boolean, at: number): void {
    const before = this.#changes.at(-1)?.open ?? [];
    const without = before.filter((id) => id !== scope);
    if (open) {
      this.#ends.delete(scope);
      // One that is open already, as hooks around its test were run, goes on.
      if (without.length === before.length) this.#begins.set(scope, [...(this.#begins.get(scope) ?? []), at]);
    } else this.#ends.set(scope, at);
    this.#changes.push({ at, open: open ? [...without, scope] : without });
  }

  /** Calls from `at` on belong to `scope`; null ends that. */
  context(scope: string | null, at: number): void {
    const last = this.#contexts.at(-1);
    if (last && last.to === Number.POSITIVE_INFINITY) last.to = at;
    if (scope !== null) this.#contexts.push({ from: at, to: Number.POSITIVE_INFINITY, scope });
  }

  contextAt(ts: number): string | null {
    const found = this.#contexts[lastAtOrBefore(this.#contexts, ts, (context) => context.from)];
    return found && ts <= found.to ? found.scope : null;
  }

  /** Ids of the scopes open at `ts`, outermost first. */
  openAt(ts: number): readonly string[] {
    return this.#changes[lastAtOrBefore(this.#changes, ts, (change) => change.at)]?.open ?? [];
  }

  /** How often `scope` has begun on this thread up to `ts`. */
  attemptsUntil(scope: string, ts: number): number {
    return (this.#begins.get(scope) ?? []).filter((at) => at <= ts).length;
  }

  /** Whether it can not be told any more what was open at `ts`. */
  hasForgotten(ts: number): boolean {
    return ts < this.#forgotten;
  }

  /** Lets go of what only calls before `ts` would need, the latest left out. */
  forget(ts: number): void {
    const state = Math.min(
      lastAtOrBefore(this.#changes, ts, (change) => change.at),
      this.#changes.length - alwaysKept,
    );
    if (state >= forgetAtOnce) {
      this.#changes = this.#changes.slice(state);
      this.#forgotten = this.#changes[0]?.at ?? 0;
    }
    const context = lastAtOrBefore(this.#contexts, ts, ({ from }) => from);
    if (context >= forgetAtOnce) this.#contexts = this.#contexts.slice(context);
  }

  /** Lets go of a scope that is not open. */
  forgetScope(scope: string): void {
    this.#ends.delete(scope);
    this.#begins.delete(scope);
  }

  /** Whether `scope` is open after all stamps so far. */
  isOpen(scope: string): boolean {
    return this.#changes.at(-1)?.open.includes(scope) ?? false;
  }

  /** Takes over the begins and ends of a thread that is gone. */
  absorb(other: Timeline): void {
    for (const [scope, at] of other.#ends) this.#ends.set(scope, at);
    for (const [scope, at] of other.#begins) this.#begins.set(scope, [...(this.#begins.get(scope) ?? []), ...at]);
  }

  /** When `scope` was last closed on this thread, or null while it is open or was never seen. */
  endOf(scope: string): number | null {
    return this.#ends.get(scope) ?? null;
  }
}

/** What is told late may still be about these. */
const alwaysKept = 4096;
/** So that not every look moves the rest. */
const forgetAtOnce = 256;

/** Index of the last entry whose time is not after `ts`, −1 when there is none. Entries are sorted by time. */
const lastAtOrBefore = <Entry>(entries: readonly Entry[], ts: number, timeOf: (entry: Entry) => number): number => {
  let low = 0;
  let high = entries.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    const entry = entries[middle];
    if (entry !== undefined && timeOf(entry) <= ts) low = middle + 1;
    else high = middle;
  }
  return low - 1;
};
