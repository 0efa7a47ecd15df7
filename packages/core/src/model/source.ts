import type { DnsAnswer, DnsQuestion, Event } from './event.js';

/** A decoder of one trace format: bytes in, events out. It never throws on input; what it cannot read becomes an `unread` event. */
export type TraceDecoder = {
  /** Events of all lines completed by `chunk`. */
  push(chunk: Uint8Array): Event[];
  /** Events that were waiting for more input; an unfinished last line is one `unread` event. */
  end(): Event[];
  /** Lines read, and lines that are no evidence (other calls, foreign text). */
  readonly counts: { readonly lines: number; readonly ignored: number };
};

/** How programs ask for names: DNS (RFC 1035), systemd-resolved by varlink, and the cache daemon of glibc. */
export type NameProtocol = 'dns' | 'resolved' | 'nscd';

/** A message of a name service. `question` is null where an answer does not repeat it; `answer` is null in what asks. */
export type NameMessage = { readonly id: number; readonly question: DnsQuestion | null; readonly answer: DnsAnswer | null };

/** Reads bytes that were sent or received; null when they are no message, or end before it can be told. `cut`: they are not all of it. */
export type ReadNames = (protocol: NameProtocol, message: Uint8Array, cut: boolean) => NameMessage | null;
