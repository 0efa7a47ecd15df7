import { argument, type Call, field, itemsOf } from './call.js';
import type { Draft } from './draft.js';
import { headerOf, messageName } from './egress.js';
import type { JoinedCall } from './join.js';
import { decodeBytes } from './text.js';

/** What strace shows of a buffer: nothing where it shows a pointer, and not all where it is `cut` (-s). `address` is what the call itself gave. */
export type Payload = { readonly address: string; readonly bytes: Buffer; readonly cut: boolean };

/** What a `dns` event says. */
export type NameDraft = Omit<Extract<Draft, { kind: 'dns' }>, 'kind' | 'tid' | 'ts'>;

/** A `dns` event of a call. */
export const dnsDraft = ({ tid, ts }: JoinedCall, found: NameDraft): Draft => ({ kind: 'dns', tid, ts, ...found });

/** The payloads of a send or receive. */
export const payloadsOf = (name: string, call: Call): readonly Payload[] => {
  switch (name) {
    case 'sendto':
    case 'recvfrom':
      return [payloadOf(argument(call, 4), [argument(call, 1)])];
    case 'sendmsg':
    case 'recvmsg':
      return [ofMessage(argument(call, 1))];
    case 'sendmmsg':
    case 'recvmmsg':
      return (itemsOf(argument(call, 1), '[') ?? []).map((message) => ofMessage(headerOf(message)));
    default:
      return [];
  }
};

const ofMessage = (header: string): Payload => {
  const items = itemsOf(header, '{') ?? [];
  const parts = itemsOf(field(items, 'msg_iov') ?? '', '[') ?? [];
  return payloadOf(
    messageName(items) ?? '',
    parts.map((part) => field(itemsOf(part, '{') ?? [], 'iov_base') ?? ''),
  );
};

const payloadOf = (address: string, buffers: readonly string[]): Payload => ({
  address,
  bytes: Buffer.concat(buffers.map((buffer) => Buffer.from(decodeBytes(buffer) ?? '', 'latin1'))),
  cut: buffers.some((buffer) => buffer.endsWith('"...')),
});
