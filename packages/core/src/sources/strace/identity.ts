import type { Aim, ConnectEvent, Event } from '../../model/event.js';
import type { Draft } from './draft.js';
import type { SocketAddress } from './sockaddr.js';
import { createSockets } from './sockets.js';
import { createTidTable } from './tid-table.js';

/** Gives drafts the process their thread belongs to, reads what they tell of sockets, and numbers the events. */
export type Identity = {
  identify(draft: Draft, out: Event[]): void;
  /** Whether a connect on a descriptor tells how the one before it there ended. */
  tells(tid: number, fd: number, aim: Pick<Aim, 'addr' | 'port'>, result: ConnectResult): boolean;
  /** The event of a connect that tells nothing of another one. */
  connect(fd: number, address: SocketAddress, plain: PlainFields): ConnectEvent;
};

/** `value`: 0, −errno, or null where it is not known. */
export type ConnectResult = { readonly value: number | null; readonly pending: boolean };

/** What a connect has besides its address. */
export type PlainFields = Pick<ConnectEvent, 'tid' | 'ts' | 'timestamp' | 'rawLine' | 'took' | 'transport'> & {
  readonly result: ConnectResult;
};

export const createIdentity = (source: string): Identity => {
  const sockets = createSockets();
  const processes = createTidTable();
  let seq = 0;
  return {
    identify: (draft, out) => {
      const pid = processes.get(draft.tid) ?? draft.tid;
      if (draft.kind === 'fork') processes.set(draft.child, draft.thread ? pid : undefined);
      if (draft.kind === 'exit') processes.set(draft.tid, undefined);
      for (const event of sockets.take(draft, pid, seq)) out.push({ source, seq: seq++, pid, ...event });
    },
    tells: (tid, fd, aim, result) => sockets.tells(processes.get(tid) ?? tid, fd, aim, result),
    connect: (fd, address, { tid, ts, timestamp, rawLine, took, transport, result: { value, pending } }) => {
      const pid = processes.get(tid) ?? tid;
      const { family, addr, port } = address;
      sockets.connect(pid, fd, address, pending ? { seq, ts, tid, aim: { family, addr, port, transport } } : null);
      return {
        source,
        seq: seq++,
        pid,
        kind: 'connect',
        tid,
        ts,
        timestamp,
        result: value,
        rawLine,
        pending: pending || undefined,
        took,
        family,
        addr,
        port,
        transport,
      };
    },
  };
};
