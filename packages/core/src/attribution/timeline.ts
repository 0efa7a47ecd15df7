/**
 * Which scopes were open on one thread at a time. Built from the thread's own stamps, in order; since strace stamps a call while its thread
 * is stopped, a call and the thread's own clock readings around it order exactly.
 */
export class Timeline {
  readonly #changes: { readonly at: number; readonly open: readonly string[] }[] = [];
  readonly #contexts: { readonly from: number; to: number; readonly scope: string }[] = [];
  readonly #ends = new Map<string, number>();
  readonly #begins = new Map<string, number[]>();
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

  /** When `scope` was last closed on this thread, or null while it is open or was never seen. */
  endOf(scope: string): number | null {
    return this.#ends.get(scope) ?? null;
  }
}

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
