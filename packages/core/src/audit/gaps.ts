import type { Gap } from '../model/report.js';

/** The gaps of one trace as they are found. A damaged trace may have millions: the first of each kind are kept, all are counted. */
export class Gaps {
  readonly #kept: Gap[] = [];
  readonly #counts = new Map<Gap['kind'], number>();

  push(gap: Gap): void {
    const count = this.count(gap.kind) + 1;
    this.#counts.set(gap.kind, count);
    if (count <= MOST_KEPT) this.#kept.push(gap);
  }

  count(kind: Gap['kind']): number {
    return this.#counts.get(kind) ?? 0;
  }

  /** Those that were kept, and for each kind that had more one that says how many. */
  get list(): readonly Gap[] {
    const more = [...this.#counts].filter(([, count]) => count > MOST_KEPT);
    return [...this.#kept, ...more.map(([kind, count]) => ({ kind, reason: `${count - MOST_KEPT} more that are not listed` }))];
  }
}

const MOST_KEPT = 1000;
