import type { Aim, DnsAnswer, DnsQuestion, Event, Transport } from './event.js';

/** A decoder of one trace format: bytes in, events out. It never throws on input; what it cannot read becomes an `unread` event. */
export type TraceDecoder = {
  /** Events of all lines completed by `chunk`. */
  push(chunk: Uint8Array): Event[];
  /** Events that were waiting for more input; an unfinished last line is one `unread` event. */
  end(): Event[];
  /** Lines read, and lines that are no evidence (other calls, foreign text). */
  readonly counts: { readonly lines: number; readonly ignored: number };
};

/**
 * A connect of which no event has been made yet, with the number that its event has. `place` is one object for each place, as long as the trace does not have
 * very many. The next connect is told by the same object.
 */
export type BareConnect = {
  seq: number;
  pid: number;
  tid: number;
  /** µs since the epoch. */
  ts: number;
  place: Place;
  /** A small number of it. */
  slot: number;
  transport: Transport;
  /** As in the event. */
  result: number | null;
  pending: boolean;
  took: number | undefined;
};

/** Where what is read goes, in the order of the trace. */
export type TakeEvents = {
  readonly event: (event: Event) => void;
  /** Takes a connect without an event of it, which is dear where there are very many; false when it must have the event, which is the next one. */
  readonly repeat?: ((connect: BareConnect) => boolean) | undefined;
};

/** Where a connect leads. */
export type Place = Omit<Aim, 'transport'>;

/** How programs ask for names: DNS (RFC 1035), systemd-resolved by varlink, and the cache daemon of glibc. */
export type NameProtocol = 'dns' | 'resolved' | 'nscd';

/** A message of a name service. `question` is null where an answer does not repeat it; `answer` is null in what asks. */
export type NameMessage = { readonly id: number; readonly question: DnsQuestion | null; readonly answer: DnsAnswer | null };

/** Reads bytes that were sent or received; null when they are no message, or end before it can be told. `cut`: they are not all of it. */
export type ReadNames = (protocol: NameProtocol, message: Uint8Array, cut: boolean) => NameMessage | null;
