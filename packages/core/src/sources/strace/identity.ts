import type { ConnectEvent, Event, SettledEvent } from '../../model/event.js';
import type { BareConnect } from '../../model/source.js';
import type { Draft } from './draft.js';
import { createSockets } from './sockets.js';
import { createTidTable } from './tid-table.js';

/** Gives drafts the process their thread belongs to, reads what they tell of sockets, and numbers the events. */
export type Identity = {
  identify(draft: Draft, emit: (event: Event) => void): void;
  /** Whether a connect on a descriptor tells how the one before it there ended. */
  tells(fd: number, made: BareConnect): boolean;
  pidOf(tid: number): number;
  /** Takes a connect that tells nothing of another one, and gives it its number. */
  connect(fd: number, made: BareConnect): void;
  /** Takes one that does; its event is to come before what is returned for what it tells, null where that is nothing. */
  connectAgain(fd: number, made: BareConnect, rawLine: string): SettledEvent | null;
  /** The event of a connect that was taken. */
  eventOf(made: BareConnect, rawLine: string): ConnectEvent;
};

export const createIdentity = (source: string): Identity => {
  const sockets = createSockets();
  const processes = createTidTable();
  let seq = 0;
  return {
    identify: (draft, emit) => {
      const pid = processes.get(draft.tid) ?? draft.tid;
      if (draft.kind === 'fork') processes.set(draft.child, draft.thread ? pid : undefined);
      if (draft.kind === 'exit') processes.set(draft.tid, undefined);
      for (const event of sockets.take(draft, pid, seq)) emit({ source, seq: seq++, pid, ...event });
    },
    tells: sockets.tells,
    pidOf: (tid) => processes.get(tid) ?? tid,
    connect: (fd, made) => {
      made.seq = seq++;
      sockets.connect(fd, made);
    },
    connectAgain: (fd, made, rawLine) => {
      made.seq = seq++;
      const settled = sockets.connectAgain(fd, made);
      return settled && { source, seq: seq++, pid: made.pid, ...settled, rawLine };
    },
    eventOf: ({ seq: number, pid, tid, ts, place: { family, addr, port }, transport, result, pending, took }, rawLine) => ({
      source,
      seq: number,
      pid,
      kind: 'connect',
      tid,
      ts,
      timestamp: ts / 1e6,
      result,
      rawLine,
      pending: pending || undefined,
      took,
      family,
      addr,
      port,
      transport,
    }),
  };
};
