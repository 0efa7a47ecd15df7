import type { Again, Counted } from '../findings/violation-tally.js';
import type { EgressEvent } from '../model/event.js';
import { forgetOldest } from '../model/oldest.js';
import type { Origin } from '../model/origin.js';
import type { BareConnect } from '../model/source.js';

/** A violation that test threads may still tell something of. `at`: its index among the kept events, null when it is not kept. */
export type Recent = {
  readonly event: Pick<EgressEvent, 'seq' | 'kind' | 'tid' | 'ts'>;
  readonly counted: Counted | null;
  readonly at: number | null;
};

/** The latest violations, more than test threads can tell of: they ask soon, and know of the last 2,000 of their own. */
export class RecentViolations {
  /**
   * In the order in which they came, over and over: what stays for a while and then goes is dear to the garbage collector. There is no index either, as what is looked for
   * is among the latest.
   */
  readonly #places: Place[] = [];
  #next = 0;
  /** By the number of the event, also of one that is still to be charged. */
  readonly #origins = new Map<number, Origin>();

  add({ event: { seq, kind, tid, ts }, counted, at }: Recent): void {
    const place = this.#place(seq, tid, ts);
    place.isConnect = kind === 'connect';
    place.destination = counted?.destination ?? null;
    place.owner = counted?.owner ?? null;
    place.origin = counted?.origin ?? null;
    place.host = counted?.host ?? null;
    place.at = at;
  }

  /** As `add` for a connect that was counted again, and is not kept. */
  addAgain({ seq, tid, ts }: BareConnect, { destination, owner }: Again): void {
    const place = this.#place(seq, tid, ts);
    place.isConnect = true;
    place.destination = destination;
    place.owner = owner;
    place.origin = null;
    place.host = null;
    place.at = null;
  }

  /** A test thread told where it began the event with this number, which is returned when it has been charged. */
  tell(seq: number, origin: Origin): Pick<Recent, 'counted' | 'at'> | null {
    this.#origins.set(seq, origin);
    forgetOldest(this.#origins, most);
    return this.#latest((place) => place.seq === seq);
  }

  originOf(seq: number): Origin | null {
    return this.#origins.get(seq) ?? null;
  }

  /** The latest connect of a thread between two of its clock readings. */
  connectOf(tid: number, from: number, to: number): Pick<Recent, 'counted' | 'at'> | null {
    return this.#latest((place) => place.tid === tid && place.isConnect && from < place.ts && place.ts < to);
  }

  /** A new place for the event, or when there are enough that of the oldest. */
  #place(seq: number, tid: number, ts: number): Place {
    const place = this.#places[this.#next] ?? {
      ...{ seq: 0, isConnect: false, tid: 0, ts: 0.5, at: null, destination: null, owner: null, origin: null, host: null },
    };
    place.seq = seq;
    place.tid = tid;
    place.ts = ts;
    this.#places[this.#next] = place;
    this.#next = (this.#next + 1) % most;
    return place;
  }

  #latest(is: (place: Place) => boolean): Pick<Recent, 'counted' | 'at'> | null {
    const places = this.#places;
    for (let back = 1; back <= places.length; back += 1) {
      const place = places[(this.#next - back + places.length) % places.length];
      if (place !== undefined && is(place)) return { counted: isCounted(place) ? place : null, at: place.at };
    }
    return null;
  }
}

/** A violation, and what it was counted in unless it was not. */
type Place = {
  seq: number;
  isConnect: boolean;
  tid: number;
  ts: number;
  at: number | null;
  destination: Counted['destination'] | null;
  owner: Counted['owner'];
  origin: Origin | null;
  host: string | null;
};

const isCounted = (place: Place): place is Place & Counted => place.destination !== null;

const most = 20_000;
