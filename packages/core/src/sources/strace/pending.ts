import type { JoinedCall } from './join.js';

/** Calls that were entered and have not returned, one a thread. */
export type PendingCalls = {
  has(tid: number): boolean;
  take(tid: number): JoinedCall | undefined;
  /** The call of that name which the thread, as the line names it, goes on with. */
  takeNamed(tid: number, name: string): JoinedCall | undefined;
  /** Keeps a call; returns those that had to go, the oldest first, because all together are too large. */
  put(call: JoinedCall): JoinedCall[];
  takeAll(): JoinedCall[];
};

/** Returns an empty set of calls; it never takes much more than 64 MB. */
export const createPendingCalls = (): PendingCalls => {
  const calls = new Map<number, JoinedCall>();
  let weight = 0;

  const take = (tid: number): JoinedCall | undefined => {
    const call = calls.get(tid);
    if (call === undefined) return undefined;
    calls.delete(tid);
    weight -= weightOf(call);
    return call;
  };

  /** On standard error strace names the thread only while there are several, so one call may have its halves under a number and under none. */
  const keyOf = (tid: number): number => {
    const [only] = calls.keys();
    return tid === 0 && calls.size === 1 && only !== undefined ? only : 0;
  };

  return {
    has: (tid) => calls.has(tid),
    take,
    takeNamed: (tid, name) => {
      const key = calls.has(tid) ? tid : keyOf(tid);
      return calls.get(key)?.name === name ? take(key) : undefined;
    },
    put: (call) => {
      calls.set(call.tid, call);
      weight += weightOf(call);
      const gone: JoinedCall[] = [];
      for (const tid of calls.keys()) {
        const oldest = weight <= heaviest ? undefined : take(tid);
        if (oldest === undefined) break;
        gone.push(oldest);
      }
      return gone;
    },
    takeAll: () => [...calls.keys()].flatMap((tid) => take(tid) ?? []),
  };
};

/** Roughly the bytes that it takes in memory. */
const weightOf = ({ text, raw }: JoinedCall): number => text.length + raw.length + 400;

const heaviest = 64 * 1024 * 1024;
