import type { Counted } from '../findings/violation-tally.js';
import type { EgressEvent } from '../model/event.js';
import { forgetOldest } from '../model/oldest.js';
import type { Origin } from '../model/origin.js';

/** A violation that test threads may still tell something of. `at`: its index among the kept events, null when it is not kept. */
export type Recent = {
  readonly event: Pick<EgressEvent, 'seq' | 'kind' | 'tid' | 'ts'>;
  readonly counted: Counted | null;
  readonly at: number | null;
};

/** The latest violations, more than test threads can tell of: they ask soon, and know of the last 2,000 of their own. */
export class RecentViolations {
  readonly #bySeq = new Map<number, Place>();
  readonly #byThread = new Map<number, OfThread>();
  /** In the order in which they came, over and over: what stays for a while and then goes is dear to the garbage collector. */
  readonly #places: Place[] = [];
  #next = 0;
  /** By the number of the event, also of one that is still to be charged. */
  readonly #origins = new Map<number, Origin>();

  add({ event: { seq, kind, tid, ts }, counted, at }: Recent): void {
    const place = this.#place();
    place.seq = seq;
    place.isConnect = kind === 'connect';
    place.tid = tid;
    place.ts = ts;
    place.counted = counted;
    place.at = at;
    this.#bySeq.set(seq, place);
    const ofThread = this.#byThread.get(tid);
    if (ofThread) ofThread.places.push(place);
    else this.#byThread.set(tid, { places: [place], gone: 0 });
  }

  /** A test thread told where it began the event with this number, which is returned when it has been charged. */
  tell(seq: number, origin: Origin): Pick<Recent, 'counted' | 'at'> | null {
    this.#origins.set(seq, origin);
    forgetOldest(this.#origins, most);
    return this.#bySeq.get(seq) ?? null;
  }

  originOf(seq: number): Origin | null {
    return this.#origins.get(seq) ?? null;
  }

  /** The latest connect of a thread between two of its clock readings. */
  connectOf(tid: number, from: number, to: number): Pick<Recent, 'counted' | 'at'> | null {
    const { places, gone } = this.#byThread.get(tid) ?? { places: [], gone: 0 };
    const at = places.findLastIndex(({ isConnect, ts }) => isConnect && from < ts && ts < to);
    return at < gone ? null : (places[at] ?? null);
  }

  /** A new place, or when there are enough that of the oldest. */
  #place(): Place {
    const oldest = this.#places[this.#next];
    if (oldest !== undefined) this.#forget(oldest);
    const place = oldest ?? { seq: 0, isConnect: false, tid: 0, ts: 0.5, counted: null, at: null };
    this.#places[this.#next] = place;
    this.#next = (this.#next + 1) % most;
    return place;
  }

  #forget({ seq, tid }: Place): void {
    this.#bySeq.delete(seq);
    const ofThread = this.#byThread.get(tid);
    if (ofThread === undefined) return;
    ofThread.gone += 1;
    if (ofThread.gone === ofThread.places.length) this.#byThread.delete(tid);
    else if (ofThread.gone >= mostGone) ofThread.gone -= ofThread.places.splice(0, mostGone).length;
  }
}

type Place = { seq: number; isConnect: boolean; tid: number; ts: number; counted: Counted | null; at: number | null };
/** The first ones are gone: they are let go many at a time. */
type OfThread = { readonly places: Place[]; gone: number };

const most = 20_000;
const mostGone = 1000;
