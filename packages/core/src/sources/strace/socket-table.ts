import { forgetOldest } from '../../model/oldest.js';
import { argument, type Call, isPending, readCall, returned } from './call.js';
import type { JoinedCall } from './join.js';
import { readSocketAddress, type SocketAddress } from './sockaddr.js';

/**
 * Puts into a call what `strace -yy` would have: `3<socket:[17]>` becomes `3<TCP:[0.0.0.0:0->203.0.113.10:443]>`, as far as earlier calls of the
 * trace tell. strace itself asks the kernel with a walk through all TCP sockets (sock_diag(7)), which costs milliseconds for each call; -y costs a readlink.
 */
export type SocketTable = {
  decorate(joined: JoinedCall): JoinedCall;
  /** The protocol by which it decorates the socket with this inode, null where it knows none. */
  protocolOf(inode: string): string | null;
  /** As `decorate` for a connect of the socket with this inode; returns whether it is known. */
  connect(inode: string, address: SocketAddress, result: { readonly value: number | null; readonly pending: boolean }): boolean;
};

type Socket = { readonly protocol: string; readonly local: string | null; readonly peer: string | null };

/** Knows sockets by their inodes, which stay the same over dup, fork and SCM_RIGHTS; the last ones of very many. */
export const createSocketTable = (): SocketTable => {
  const sockets = new Map<string, Socket>();

  const know = (inode: string | undefined, socket: Socket | null): void => {
    if (inode === undefined || socket === null) return;
    sockets.delete(inode);
    sockets.set(inode, socket);
    forgetOldest(sockets, mostSockets);
  };

  const learn = (name: string, call: Call): void => {
    const inode = inodeOf(argument(call, 0));
    const socket = inode === undefined ? undefined : sockets.get(inode);
    if (returned(call.result) === null && !isPending(call)) return;
    if (name === 'socket') know(resultOf(call), madeBy(call));
    else if (socket === undefined) return;
    else if (name === 'connect') know(inode, { ...socket, peer: placeIn(call) });
    else if (name === 'bind' || name === 'getsockname') know(inode, { ...socket, local: placeIn(call) ?? socket.local });
    else if (name.startsWith('accept')) know(resultOf(call), { ...socket, peer: placeIn(call) });
  };

  const named = (text: string): string =>
    text.replace(plain, (whole, fd: string, inode: string) => {
      const socket = sockets.get(inode);
      return socket === undefined ? whole : `${fd}<${textOf(socket, inode)}>`;
    });

  return {
    decorate: (joined) => {
      if (!aboutSockets.has(joined.name) || !joined.text.includes('<socket:[')) return joined;
      const text = named(joined.text);
      const call = learning.test(joined.name) ? readCall(joined.text) : null;
      if (call) learn(joined.name, call);
      // The result of a call is what it made just now.
      return { ...joined, text: call && madeHere.has(joined.name) ? named(text) : text };
    },
    protocolOf: (inode) => sockets.get(inode)?.protocol ?? null,
    connect: (inode, address, { value, pending }) => {
      const socket = sockets.get(inode);
      if (socket !== undefined && (pending || (value !== null && value >= 0))) know(inode, { ...socket, peer: placeText(address) });
      return socket !== undefined;
    },
  };
};

const textOf = ({ protocol, local, peer }: Socket, inode: string): string => {
  if (local === null && peer === null) return `${protocol}:[${inode}]`;
  const own = local ?? (protocol.endsWith('v6') ? '[::]:0' : '0.0.0.0:0');
  return `${protocol}:[${peer === null ? own : `${own}->${peer}`}]`;
};

/** As strace names protocols; null for families of which it would tell nothing that matters. */
const madeBy = (call: Call): Socket | null => {
  const [family, type, protocol] = [argument(call, 0), argument(call, 1), argument(call, 2)];
  if (family === 'AF_UNIX') return { protocol: 'UNIX', local: null, peer: null };
  const version = family === 'AF_INET' ? '' : family === 'AF_INET6' ? 'v6' : null;
  if (version === null) return null;
  const kind = /^SOCK_(STREAM|DGRAM|RAW)\b/.exec(type)?.[1];
  const name = protocol.includes('ICMP') && kind === 'DGRAM' ? 'PING' : kind && protocols[kind];
  return name === undefined ? null : { protocol: `${name}${version}`, local: null, peer: null };
};

const protocols: Readonly<Record<string, string>> = { STREAM: 'TCP', DGRAM: 'UDP', RAW: 'RAW' };

/** `addr:port` of the address that the call gives or fills in; null where it has none, or port 0, which stands for any. */
const placeIn = (call: Call): string | null => placeText(readSocketAddress(argument(call, 1)));

const placeText = ({ addr, port }: SocketAddress): string | null => {
  if (addr === null || !port) return null;
  return addr.includes(':') ? `[${addr}]:${port}` : `${addr}:${port}`;
};

const inodeOf = (descriptor: string): string | undefined => /^(?:\w+=)?\d+<socket:\[(\d{1,20})\]>$/.exec(descriptor)?.[1];
const resultOf = (call: Call): string | undefined => /^\d+<socket:\[(\d{1,20})\]>/.exec(call.result)?.[1];

const plain = /(\d{1,9})<socket:\[(\d{1,20})\]>/g;
const learning = /^(?:socket|connect|bind|getsockname|accept4?)$/;
const madeHere: ReadonlySet<string> = new Set(['socket', 'accept', 'accept4']);
const aboutSockets: ReadonlySet<string> = new Set([
  ...['socket', 'connect', 'bind', 'listen', 'getsockname', 'accept', 'accept4', 'getsockopt', 'pidfd_getfd'],
  ...['sendto', 'sendmsg', 'sendmmsg', 'recvfrom', 'recvmsg', 'recvmmsg'],
]);
const mostSockets = 65_536;
