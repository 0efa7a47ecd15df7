import type { Aim, DnsAnswer, DnsQuestion } from '../../model/event.js';
import { forgetOldest } from '../../model/oldest.js';
import type { NameProtocol, ReadNames } from '../../model/source.js';
import { dnsDraft, type NameDraft, type Payload } from './buffers.js';
import type { Draft } from './draft.js';
import type { JoinedCall } from './join.js';
import { readSocketAddress } from './sockaddr.js';

/** The name services of this machine that are asked through Unix sockets. */
export type NameServices = {
  /** A socket was connected to an address. */
  connected(descriptor: string, address: string): void;
  /** The socket with this inode was connected to something else. */
  connectedElsewhere(inode: string): void;
  /** Whether a descriptor is that of a socket to one of them; more text may follow it. */
  knows(descriptor: string): boolean;
  /** What these payloads say; null when the socket is another. */
  messages(joined: JoinedCall, descriptor: string, payloads: readonly Payload[]): readonly Draft[] | null;
};

type Socket = { readonly protocol: NameProtocol; readonly server: Aim; question: DnsQuestion | null; pending: Buffer };

/** Knows the last sockets that were connected to them, by their inodes (-y, -yy). */
export const createNameServices = (read: ReadNames): NameServices => {
  const sockets = new Map<string, Socket>();

  const socketOf = (descriptor: string): { readonly inode: string; readonly socket: Socket } | null => {
    const inode = sockets.size === 0 ? undefined : decoration.exec(descriptor)?.[1];
    const socket = inode === undefined ? undefined : sockets.get(inode);
    return inode === undefined || socket === undefined ? null : { inode, socket };
  };

  return {
    connected: (descriptor, address) => {
      const inode = decoration.exec(descriptor)?.[1];
      const server = { ...readSocketAddress(address), transport: null };
      const protocol = server.family === 'AF_UNIX' ? protocols.get(server.addr ?? '') : undefined;
      if (inode === undefined) return;
      sockets.delete(inode);
      if (protocol !== undefined) sockets.set(inode, { protocol, server, question: null, pending: Buffer.alloc(0) });
      forgetOldest(sockets, mostSockets);
    },
    connectedElsewhere: (inode) => void sockets.delete(inode),
    knows: (descriptor) => socketOf(descriptor) !== null,
    messages: (joined, descriptor, payloads) => {
      const found = socketOf(descriptor);
      return (
        found &&
        payloads
          .flatMap((payload) => take(found.socket, payload, read) ?? [])
          .map((message) =>
            dnsDraft(joined, {
              ...message,
              exchange: `${found.socket.protocol} ${found.inode}`,
            }),
          )
      );
    },
  };
};

/** What a payload completes. A reply is to the question before it. */
const take = (socket: Socket, { bytes, cut }: Payload, read: ReadNames): Omit<NameDraft, 'exchange'> | null => {
  const whole = Buffer.concat([socket.pending, bytes]);
  const message = read(socket.protocol, whole, cut);
  socket.pending = message || cut || whole.length > longestMessage ? Buffer.alloc(0) : whole;
  if (message?.question) socket.question = message.question;
  if (!message || !socket.question) return null;
  const { question, server } = socket;
  return { question, server, answer: message.answer ? named(message.answer, question) : undefined };
};

const named = (answer: DnsAnswer, { name }: DnsQuestion): DnsAnswer => ({
  ...answer,
  records: answer.records.map((record) => ({ ...record, name })),
});

const decoration = /^(?:\w+=)?\d+<(?:UNIX(?:-STREAM)?|socket):\[(\d{1,20})/;

/** systemd src/basic/constants.h and resolved-varlink.c; glibc nscd/nscd-client.h. */
const protocols: ReadonlyMap<string, NameProtocol> = new Map([
  ['/run/systemd/resolve/io.systemd.Resolve', 'resolved'],
  ['/var/run/nscd/socket', 'nscd'],
  ['/run/nscd/socket', 'nscd'],
]);
const mostSockets = 256;
const longestMessage = 64 * 1024;
