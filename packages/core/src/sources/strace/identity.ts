import type { Event } from '../../model/event.js';
import type { Draft } from './draft.js';
import { createSockets } from './sockets.js';
import { createTidTable } from './tid-table.js';

/** Returns a function that gives drafts the process their thread belongs to, reads what they tell of sockets, and numbers the events. */
export const createIdentity = (source: string): ((draft: Draft) => readonly Event[]) => {
  const sockets = createSockets();
  const processes = createTidTable();
  let seq = 0;
  return (draft) => {
    const pid = processes.get(draft.tid) ?? draft.tid;
    if (draft.kind === 'fork') processes.set(draft.child, draft.thread ? pid : undefined);
    if (draft.kind === 'exit') processes.set(draft.tid, undefined);
    return sockets(draft, pid, seq).map((event): Event => ({ source, seq: seq++, pid, ...event }));
  };
};
