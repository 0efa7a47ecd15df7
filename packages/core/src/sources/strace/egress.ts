import type { SendEvent, Transport } from '../../model/event.js';
import { argument, type Call, field, itemsOf, outcome } from './call.js';
import type { Draft } from './draft.js';
import type { JoinedCall } from './join.js';
import { readDestination, readSocketAddress, type SocketAddress } from './sockaddr.js';

/** connect(2): always one event; `null` when it has not its three arguments. */
export const decodeConnect = (joined: JoinedCall, call: Call): readonly Draft[] | null => {
  if (call.args.length !== 3) return null;
  const aim = { ...readSocketAddress(argument(call, 1)), transport: transportOf(call) };
  return [{ kind: 'connect', ...callFields(joined, call), ...aim }];
};

/** sendto(2): one event when it carries an address; a pointer that strace could not follow is an address. */
export const decodeSendto = (joined: JoinedCall, call: Call): readonly Draft[] | null => {
  if (call.args.length !== 6) return null;
  const address = argument(call, 4);
  return address === 'NULL' ? [] : [sendDraft(joined, call, 'sendto', readDestination(address))];
};

/** sendmsg(2): one event when the message has a name. */
export const decodeSendmsg = (joined: JoinedCall, call: Call): readonly Draft[] | null => {
  if (call.args.length !== 3) return null;
  return readMessage(argument(call, 1)).map((address) => sendDraft(joined, call, 'sendmsg', address));
};

/** sendmmsg(2): one event for each message that has a name. */
export const decodeSendmmsg = (joined: JoinedCall, call: Call): readonly Draft[] | null => {
  if (call.args.length !== 4) return null;
  const vector = argument(call, 1);
  const messages = itemsOf(vector, '[');
  const addresses = messages === null ? readMessage(vector) : messages.flatMap((message) => readMessage(headerOf(message)));
  return addresses.map((address) => sendDraft(joined, call, 'sendmmsg', address));
};

const sendDraft = (joined: JoinedCall, call: Call, name: SendEvent['call'], address: SocketAddress): Draft => ({
  kind: 'send',
  call: name,
  ...callFields(joined, call),
  ...address,
  transport: transportOf(call),
});

const callFields = (joined: JoinedCall, call: Call) => ({
  tid: joined.tid,
  ts: joined.ts,
  timestamp: joined.timestamp,
  result: outcome(call.result),
  rawLine: joined.raw,
});

/** The header of one message of a sendmmsg. */
export const headerOf = (message: string): string => field(itemsOf(message, '{') ?? [], 'msg_hdr') ?? message;

/** The address of a `{msg_name=..., ...}`: none when the name is NULL, an unreadable one when the header is a pointer. */
const readMessage = (header: string): readonly SocketAddress[] => {
  if (header === 'NULL' || header === '...') return [];
  const items = itemsOf(header, '{');
  const name = items === null ? '' : messageName(items);
  return name === 'NULL' ? [] : [readDestination(name ?? '')];
};

/** The address that a message header names. Up to strace 4.12 the length stood in the label: `msg_name(16)={...}`. */
export const messageName = (items: readonly string[]): string | null => {
  const old = items.find((item) => /^msg_name\(\d+\)=/.test(item));
  return old === undefined ? field(items, 'msg_name') : old.slice(old.indexOf('=') + 1);
};

const transportOf = (call: Call): Transport => {
  const decoration = /^\d+<(TCP|UDP)(?:v6)?[:>]/.exec(argument(call, 0))?.[1];
  if (decoration === undefined) return null;
  return decoration === 'TCP' ? 'tcp' : 'udp';
};
