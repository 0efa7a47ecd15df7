import type { DnsQuestion, Event } from './event.js';

/** A decoder of one trace format: bytes in, events out. It never throws on input; what it cannot read becomes an `unread` event. */
export type TraceDecoder = {
  /** Events of all lines completed by `chunk`. */
  push(chunk: Uint8Array): Event[];
  /** Events that were waiting for more input; an unfinished last line is one `unread` event. */
  end(): Event[];
  /** Lines read, and lines that are no evidence (other calls, foreign text). */
  readonly counts: { readonly lines: number; readonly ignored: number };
};

/** The question of a DNS message as it was sent; null when the bytes are no query, or end before the question does. */
export type ReadQuestion = (message: Uint8Array) => DnsQuestion | null;
