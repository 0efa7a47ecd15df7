import { withoutMapping } from '../../model/address.js';
import type { BlindSpot } from '../../model/blind-spot.js';
import { argument, type Call, field, isPending, itemsOf, outcome, returned } from './call.js';
import { type Descriptor, readDescriptor } from './descriptor.js';
import type { Draft, SocketDeed } from './draft.js';
import { linuxErrno } from './errno.js';
import type { JoinedCall } from './join.js';
import { readSocketAddress } from './sockaddr.js';

/** bind(2): where the socket will listen; one of a family below TCP and UDP can send from now on, without another address. */
export const decodeBind = (joined: JoinedCall, call: Call): readonly Draft[] => {
  if (returned(call.result) !== 0) return [];
  const at = readSocketAddress(argument(call, 1));
  return isBelow(at.family) ? [blind(joined, 'raw_socket', at.family)] : step(joined, call, { did: 'bind', at });
};

/** getsockname(2): which port the kernel chose for a server that asked for any. */
export const decodeName = (joined: JoinedCall, call: Call): readonly Draft[] =>
  returned(call.result) === 0 ? step(joined, call, { did: 'name', at: readSocketAddress(argument(call, 1)) }) : [];

/** listen(2). */
export const decodeListen = (joined: JoinedCall, call: Call): readonly Draft[] =>
  returned(call.result) === 0 ? step(joined, call, { did: 'listen' }) : [];

/** accept(2) and accept4(2): the peer as the result is decorated, or as the call gave it; null where it has our own address. */
export const decodeAccept = (joined: JoinedCall, call: Call): readonly Draft[] => {
  if (returned(call.result) === null) return [];
  const { addr, port } = readSocketAddress(argument(call, 1));
  const given = addr === null || port === null ? null : { addr: withoutMapping(addr), port };
  const connection = resultOf(call);
  const peer = connection?.peer ?? given;
  if (peer === null) return step(joined, call, { did: 'accept', peer: 'unknown' });
  return step(joined, call, { did: 'accept', peer: peer.addr === connection?.local?.addr ? null : peer });
};

/** getsockopt(2) with SO_ERROR: how a connect ended (connect(2), EINPROGRESS). */
export const decodeSocketError = (joined: JoinedCall, call: Call): readonly Draft[] => {
  const value = /^\[(\w+)\]$/.exec(argument(call, 3))?.[1];
  if (value === undefined || returned(call.result) !== 0) return [];
  const errno = /^\d+$/.test(value) ? Number(value) : linuxErrno.get(value);
  return errno === undefined || errno === linuxErrno.get('EINPROGRESS') ? [] : step(joined, call, { did: 'tell', result: 0 - errno });
};

/** recvmsg(2) with SCM_RIGHTS: descriptors that another process sent (unix(7)). */
export const decodeReceivedDescriptors = (joined: JoinedCall, call: Call): readonly Draft[] | null => {
  if (returned(call.result) === null) return [];
  const control = field(itemsOf(argument(call, 1), '{') ?? [], 'msg_control');
  const messages = itemsOf(control ?? '', '[');
  if (messages === null) return null;
  const rights = messages.map((message) => itemsOf(message, '{') ?? []).filter((items) => field(items, 'cmsg_type') === 'SCM_RIGHTS');
  const descriptors = rights.flatMap((items) => itemsOf(field(items, 'cmsg_data') ?? '', '[') ?? ['?']).map(readDescriptor);
  return descriptors.flatMap((socket) => arrived(joined, socket, 'recvmsg'));
};

/** pidfd_getfd(2): a descriptor of another process. */
export const decodeTakenDescriptor = (joined: JoinedCall, call: Call): readonly Draft[] =>
  returned(call.result) === null ? [] : arrived(joined, resultOf(call), 'pidfd_getfd');

/** socket(2) of a kind below TCP and UDP; netlink(7) sockets are raw by their nature, and stay on the machine. */
export const decodeSocket = (joined: JoinedCall, call: Call): readonly Draft[] => {
  if (returned(call.result) === null) return [];
  const [family, type] = [argument(call, 0), argument(call, 1)];
  const raw = isBelow(family) || (family.startsWith('AF_INET') && /\bSOCK_(?:RAW|PACKET)\b/.test(type));
  return raw ? [blind(joined, 'raw_socket', family === 'AF_INET' || family === 'AF_INET6' ? `${family}, raw` : family)] : [];
};

/** seccomp(2): a filter of the process's own, which answers before the tracer does; one with a listener can let another process make the call. */
export const decodeSeccomp = (joined: JoinedCall, call: Call): readonly Draft[] => {
  if (returned(call.result) === null || argument(call, 0) !== 'SECCOMP_SET_MODE_FILTER') return [];
  return [blind(joined, argument(call, 1).includes('NEW_LISTENER') ? 'seccomp_notify' : 'seccomp_filter')];
};

/** prctl(2) with PR_SET_SECCOMP. */
export const decodePrctl = (joined: JoinedCall, call: Call): readonly Draft[] =>
  returned(call.result) === 0 && argument(call, 1) === 'SECCOMP_MODE_FILTER' ? [blind(joined, 'seccomp_filter')] : [];

/** io_uring_setup(2): what the ring does is no system call. */
export const decodeRing = (joined: JoinedCall, call: Call): readonly Draft[] =>
  returned(call.result) === null ? [] : [blind(joined, 'io_uring')];

/** What a connect tells of its socket besides its event. */
export const connectStep = (joined: JoinedCall, call: Call): readonly Draft[] =>
  step(joined, call, { did: 'connect', pending: isPending(call), result: outcome(call.result) });

/** What a send without an address tells of its socket. */
export const sendStep = (joined: JoinedCall, call: Call, name: 'sendto' | 'sendmsg' | 'sendmmsg'): readonly Draft[] =>
  step(joined, call, { did: 'send', call: name, result: outcome(call.result) });

/** A blind spot is here. */
export const blind = ({ tid, ts, raw }: JoinedCall, spot: BlindSpot, peer: string | null = null): Draft => ({
  kind: 'blind',
  tid,
  ts,
  spot,
  peer,
  rawLine: raw,
});

const step = (joined: JoinedCall, call: Call, deed: SocketDeed): readonly Draft[] => {
  const socket = readDescriptor(argument(call, 0));
  return socket === null ? [] : [stepOf(joined, socket, deed)];
};

const stepOf = ({ tid, ts, timestamp, raw }: JoinedCall, socket: Descriptor, deed: SocketDeed): Draft => ({
  kind: 'socket',
  tid,
  ts,
  timestamp,
  rawLine: raw,
  socket,
  ...deed,
});

const arrived = (joined: JoinedCall, socket: Descriptor | null, call: 'recvmsg' | 'pidfd_getfd'): readonly Draft[] =>
  socket?.known === true
    ? [stepOf(joined, socket, { did: 'receive', call })]
    : [blind(joined, call === 'recvmsg' ? 'received_socket' : 'taken_socket')];

const resultOf = (call: Call): Descriptor | null => readDescriptor(call.result.replace(/ <\d+\.\d+>$/, ''));

/** Families whose packets the process itself writes, and which carry an address for once and all: packet(7), can, Bluetooth, XDP. */
const isBelow = (family: string | null): boolean => family !== null && !ordinaryFamilies.has(family);

const ordinaryFamilies = new Set([
  ...['AF_UNSPEC', 'AF_UNIX', 'AF_LOCAL', 'AF_FILE', 'AF_INET', 'AF_INET6', 'AF_NETLINK', 'AF_ALG', 'AF_VSOCK'],
]);
