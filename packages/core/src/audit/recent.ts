import type { Counted } from '../findings/violation-tally.js';
import type { EgressEvent } from '../model/event.js';
import type { Origin } from '../model/origin.js';

/** A violation that test threads may still tell something of. `at`: its index among the kept events, null when it is not kept. */
export type Recent = {
  readonly event: Pick<EgressEvent, 'seq' | 'kind' | 'tid' | 'ts'>;
  readonly counted: Counted | null;
  readonly at: number | null;
};

/** The latest violations, more than test threads can tell of: they ask soon, and know of the last 2,000 of their own. */
export class RecentViolations {
  readonly #bySeq = new Map<number, Recent>();
  readonly #byThread = new Map<number, Recent[]>();
  /** By the number of the event, also of one that is still to be charged. */
  readonly #origins = new Map<number, Origin>();

  add(recent: Recent): void {
    const { seq, tid } = recent.event;
    const ofThread = this.#byThread.get(tid);
    if (ofThread) ofThread.push(recent);
    else this.#byThread.set(tid, [recent]);
    const oldest = put(this.#bySeq, seq, recent);
    if (oldest) this.#forget(oldest);
  }

  /** A test thread told where it began the event with this number, which is returned when it has been charged. */
  tell(seq: number, origin: Origin): Recent | null {
    put(this.#origins, seq, origin);
    return this.#bySeq.get(seq) ?? null;
  }

  originOf(seq: number): Origin | null {
    return this.#origins.get(seq) ?? null;
  }

  /** The latest connect of a thread between two of its clock readings. */
  connectOf(tid: number, from: number, to: number): Recent | null {
    const between = ({ event }: Recent): boolean => event.kind === 'connect' && from < event.ts && event.ts < to;
    return this.#byThread.get(tid)?.findLast(between) ?? null;
  }

  #forget({ event: { tid } }: Recent): void {
    const ofThread = this.#byThread.get(tid);
    ofThread?.shift();
    if (ofThread?.length === 0) this.#byThread.delete(tid);
  }
}

/** Returns the value that had to go for it. */
const put = <Value>(known: Map<number, Value>, seq: number, value: Value): Value | null => {
  known.set(seq, value);
  const [oldest] = known.entries();
  if (known.size <= most || oldest === undefined) return null;
  known.delete(oldest[0]);
  return oldest[1];
};

const most = 20_000;
