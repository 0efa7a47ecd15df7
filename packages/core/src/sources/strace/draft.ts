import type { Event, SendEvent } from '../../model/event.js';
import type { Descriptor, Place } from './descriptor.js';
import type { JoinedCall } from './join.js';
import type { SocketAddress } from './sockaddr.js';

/** An event before it is numbered and given its process. */
export type EventDraft = WithoutIdentity<Event>;

/** An event, or what a call tells of a descriptor. */
export type Draft = EventDraft | SocketStep;

/** What a call did with a socket, which means something only together with other calls on it. */
export type SocketStep = {
  readonly kind: 'socket';
  readonly tid: number;
  readonly ts: number;
  readonly timestamp: number;
  readonly rawLine: string;
  readonly socket: Descriptor;
} & SocketDeed;

export type SocketDeed =
  /** The connect whose event is right before this one. */
  | { readonly did: 'connect'; readonly pending: boolean; readonly result: number | null }
  | { readonly did: 'bind'; readonly at: SocketAddress }
  | { readonly did: 'listen' }
  /** The address that it has now. */
  | { readonly did: 'name'; readonly at: SocketAddress }
  /** `peer` is `unknown` where neither the call nor a decoration tells it. */
  | { readonly did: 'accept'; readonly peer: Place | null | 'unknown' }
  /** A call told how the connection is: 0, or −errno. */
  | { readonly did: 'tell'; readonly result: number }
  /** Data was sent on it, without an address. */
  | { readonly did: 'send'; readonly call: SendEvent['call']; readonly result: number | null }
  /** It came from another process. */
  | { readonly did: 'receive'; readonly call: 'recvmsg' | 'pidfd_getfd' };

type WithoutIdentity<Kind> = Kind extends Event ? Omit<Kind, 'source' | 'seq' | 'pid'> : never;

/** A drafted `unread` for a call that cannot be decoded. */
export const unreadCall = ({ tid, ts, number, file, raw }: JoinedCall, reason: string): Draft => ({
  kind: 'unread',
  tid,
  ts,
  line: number,
  reason: placed(reason, file),
  rawLine: raw,
});

/** A line number means little where a trace has several files. */
export const placed = (reason: string, file: string | undefined): string => (file === undefined ? reason : `${file}: ${reason}`);
