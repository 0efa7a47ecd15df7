import type { Gap } from '../model/report.js';

/**
 * The gaps of one trace as they are found. Those that say the same are one, with a count. A damaged trace may have millions that differ: the first of each
 * kind are kept, all are counted.
 */
export class Gaps {
  readonly #kept = new Map<string, Gap>();
  readonly #counts = new Map<Gap['kind'], Count>();

  push(gap: Gap): void {
    const key = JSON.stringify([gap.kind, gap.reason, gap.line]);
    const known = this.#kept.get(key);
    const { all, kept, unlisted } = this.#counts.get(gap.kind) ?? { all: 0, kept: 0, unlisted: 0 };
    const fits = known !== undefined || kept < MOST_KEPT;
    if (fits) this.#kept.set(key, known ? { ...known, count: (known.count ?? 1) + 1 } : gap);
    this.#counts.set(gap.kind, { all: all + 1, kept: kept + (fits && !known ? 1 : 0), unlisted: unlisted + (fits ? 0 : 1) });
  }

  count(kind: Gap['kind']): number {
    return this.#counts.get(kind)?.all ?? 0;
  }

  /** Those that were kept, and for each kind that had more one that says how many. */
  get list(): readonly Gap[] {
    const more = [...this.#counts].filter(([, { unlisted }]) => unlisted > 0);
    return [...this.#kept.values(), ...more.map(([kind, { unlisted }]) => ({ kind, reason: `${unlisted} more that are not listed` }))];
  }
}

/** Of one kind: how many there were, how many different ones are kept, and how many others there were. */
type Count = { readonly all: number; readonly kept: number; readonly unlisted: number };

/** The clock was set back while the run went on, by so many µs. */
export const clockSetBack = (micros: number): Gap => ({
  kind: 'lost',
  reason: `the clock was set back by ${(micros / 1e6).toFixed(1)} s: who made a connection around then can not be told for sure`,
});

/** A thread began a marker, and will not write the rest of it. */
export const unfinishedMarker = (tid: number): Gap => ({
  kind: 'lost',
  reason: `thread ${tid} ended in the middle of a marker: who made its last connections can not be told for sure`,
});

const MOST_KEPT = 1000;
