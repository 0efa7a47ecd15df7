import type { Event } from '../../model/event.js';
import type { Draft } from './draft.js';

/** Returns a function that numbers drafts and gives each the process its thread belongs to. */
export const createIdentity = (source: string): ((draft: Draft) => Event) => {
  const processes = new Map<number, number>();
  let seq = 0;
  return (draft) => {
    const pid = processes.get(draft.tid) ?? draft.tid;
    if (draft.kind === 'fork' && draft.thread) processes.set(draft.child, pid);
    if (draft.kind === 'fork' && !draft.thread) processes.delete(draft.child);
    if (draft.kind === 'exit') processes.delete(draft.tid);
    return { source, seq: seq++, pid, ...draft };
  };
};
