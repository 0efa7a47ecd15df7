import type { Event } from '../../model/event.js';
import type { JoinedCall } from './join.js';

/** An event before it is numbered and given its process. */
export type Draft = WithoutIdentity<Event>;

type WithoutIdentity<Kind> = Kind extends Event ? Omit<Kind, 'source' | 'seq' | 'pid'> : never;

/** A drafted `unread` for a call that cannot be decoded. */
export const unreadCall = ({ tid, ts, number, raw }: JoinedCall, reason: string): Draft => ({
  kind: 'unread',
  tid,
  ts,
  line: number,
  reason,
  rawLine: raw,
});
