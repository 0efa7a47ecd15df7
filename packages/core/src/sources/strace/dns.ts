import type { ReadQuestion } from '../../model/source.js';
import { argument, type Call, field, itemsOf } from './call.js';
import type { Draft } from './draft.js';
import { headerOf, messageName } from './egress.js';
import type { JoinedCall } from './join.js';
import { readDestination } from './sockaddr.js';
import { decodeBytes } from './text.js';

/** A `dns` event for each query that a call sent to port 53. Anything may be sent there: what is no query is no event. */
export const decodeQueries = (joined: JoinedCall, call: Call, readQuestion: ReadQuestion): readonly Draft[] => {
  const peer = peerOf(argument(call, 0));
  return datagramsOf(joined.name, call)
    .filter(({ port }) => (port ?? peer.port) === dnsPort)
    .flatMap(({ payload }) => (peer.stream ? messagesOf(payload) : [payload]))
    .flatMap((message) => readQuestion(message) ?? [])
    .map((question) => ({ kind: 'dns', tid: joined.tid, ts: joined.ts, question }));
};

/** `port` is that of the address which the call itself gave, or null. */
type Datagram = { readonly port: number | null; readonly payload: Buffer };

const datagramsOf = (name: string, call: Call): readonly Datagram[] => {
  switch (name) {
    case 'sendto':
      return [{ port: readDestination(argument(call, 4)).port, payload: bytesOf(argument(call, 1)) }];
    case 'sendmsg':
      return [datagramOf(argument(call, 1))];
    case 'sendmmsg':
      return (itemsOf(argument(call, 1), '[') ?? []).map((message) => datagramOf(headerOf(message)));
    default:
      return [];
  }
};

const datagramOf = (header: string): Datagram => {
  const items = itemsOf(header, '{') ?? [];
  const parts = itemsOf(field(items, 'msg_iov') ?? '', '[') ?? [];
  const payload = parts.map((part) => bytesOf(field(itemsOf(part, '{') ?? [], 'iov_base') ?? ''));
  return { port: readDestination(messageName(items) ?? '').port, payload: Buffer.concat(payload) };
};

/** What strace shows of a buffer: it may be cut (-s), and is nothing where strace shows a pointer. */
const bytesOf = (value: string): Buffer => Buffer.from(decodeBytes(value) ?? '', 'latin1');

/** RFC 1035 §4.2.2: over TCP each message follows its length in two bytes. The last one may be cut. */
const messagesOf = (stream: Buffer): readonly Buffer[] => {
  const messages: Buffer[] = [];
  for (let at = 0; at + 2 <= stream.length; at += 2 + stream.readUInt16BE(at)) {
    messages.push(stream.subarray(at + 2, at + 2 + stream.readUInt16BE(at)));
  }
  return messages;
};

/** The other end of a decorated descriptor (-yy): `17<UDP:[192.0.2.2:34072->192.0.2.53:53]>`. */
const peerOf = (descriptor: string): { readonly stream: boolean; readonly port: number | null } => {
  const port = /^\d+<(?:TCP|UDP)(?:v6)?:\[.*->.*:(\d{1,5})\]>$/.exec(descriptor)?.[1];
  return { stream: /^\d+<TCP/.test(descriptor), port: port === undefined ? null : Number(port) };
};

const dnsPort = 53;
