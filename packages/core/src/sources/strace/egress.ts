import type { Transport } from '../../model/event.js';
import { argument, type Call, field, isPending, itemsOf, outcome, returned } from './call.js';
import { type Draft, unreadCall } from './draft.js';
import type { JoinedCall } from './join.js';
import { readDestination, readSocketAddress, type SocketAddress } from './sockaddr.js';
import { connectStep, sendStep } from './socket-calls.js';

/** connect(2): always one event; `null` when it has not its three arguments. */
export const decodeConnect = (joined: JoinedCall, call: Call): readonly Draft[] | null => {
  if (call.args.length !== 3) return null;
  const aim = { ...readSocketAddress(argument(call, 1)), transport: transportOf(call) };
  const pending = isPending(call) && { pending: true as const };
  return [{ kind: 'connect', ...callFields(joined, call), ...pending, ...tookOf(call), ...aim }, ...connectStep(joined, call)];
};

/** sendto(2): one event when it carries an address; a pointer that strace could not follow is an address. Without one it tells of its socket. */
export const decodeSendto = (joined: JoinedCall, call: Call): readonly Draft[] | null => {
  if (call.args.length !== 6) return null;
  const address = argument(call, 4);
  if (address === 'NULL') return sendStep(joined, call, 'sendto');
  return [sendDraft(joined, call, 'sendto', readDestination(address), argument(call, 3))];
};

/** sendmsg(2): one event when the message has a name; without one it tells of its socket. */
export const decodeSendmsg = (joined: JoinedCall, call: Call): readonly Draft[] | null => {
  if (call.args.length !== 3) return null;
  const [address] = readMessage(argument(call, 1));
  if (address === undefined) return sendStep(joined, call, 'sendmsg');
  return [sendDraft(joined, call, 'sendmsg', address, argument(call, 2))];
};

/** sendmmsg(2): one event for each message that has a name. */
export const decodeSendmmsg = (joined: JoinedCall, call: Call): readonly Draft[] | null => {
  if (call.args.length !== 4) return null;
  const vector = argument(call, 1);
  const messages = itemsOf(vector, '[');
  const addresses = messages === null ? readMessage(vector) : messages.flatMap((message) => readMessage(headerOf(message)));
  const hidden = hidesMessages(messages ?? [], call) ? [unreadCall(joined, 'sendmmsg sent more messages than strace shows (-s)')] : [];
  return [...addresses.map((address) => sendDraft(joined, call, 'sendmmsg', address, argument(call, 3))), ...hidden];
};

/** strace shows as many messages as characters of a string, and `...` for the others; the result says how many were sent. */
const hidesMessages = (messages: readonly string[], call: Call): boolean =>
  messages.at(-1) === '...' && (returned(call.result) ?? messages.length) >= messages.length;

const sendDraft = (joined: JoinedCall, call: Call, name: SendCall, address: SocketAddress, flags: string): Draft => ({
  kind: 'send',
  call: name,
  ...callFields(joined, call),
  ...address,
  transport: flags.includes('MSG_FASTOPEN') ? 'tcp' : transportOf(call),
});

type SendCall = 'sendto' | 'sendmsg' | 'sendmmsg';

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

/** µs that the call took, where strace tells (-T). */
const tookOf = (call: Call): { readonly took?: number } => {
  const seconds = / <(\d{1,9}\.\d{1,9})>$/.exec(call.result)?.[1];
  return seconds === undefined ? {} : { took: Math.round(Number(seconds) * 1e6) };
};

const transportOf = (call: Call): Transport => {
  const decoration = /^\d+<(TCP|UDP)(?:v6)?[:>]/.exec(argument(call, 0))?.[1];
  if (decoration === undefined) return null;
  return decoration === 'TCP' ? 'tcp' : 'udp';
};
