import type { Birth } from './birth.js';
import type { Decoded } from './decode.js';
import type { Draft } from './draft.js';
import { createTidTable } from './tid-table.js';

/** Puts a `fork` before every event of its child wherever the trace tells which thread is the parent. */
export type Order = {
  push(decoded: Decoded): readonly Draft[];
  /** Whether events of the thread go on at once, as it was met before. */
  isKnown(tid: number): boolean;
  /** Events whose parent never became known. */
  end(): Draft[];
};

/** `at` counts births: those begun before a child was met are its candidates. */
type Pending = { readonly birth: Birth; readonly ts: number; readonly at: number };
type Held = { readonly since: number; readonly waiting: Decoded[] };

/**
 * A child may be printed before its parent's `<... clone resumed>) = CHILD`. With one birth under way the parent is clear at once;
 * with several the child's events are held back until one of them is settled. What is held is bounded: beyond that the child that
 * has waited longest goes on without a parent. It tells of each thread that is not known any more.
 */
// biome-ignore lint/complexity/noExcessiveLinesPerFunction: the functions inside, which share what is held, are short
export const createOrder = (onForgotten: (tid: number) => void): Order => {
  const known = createTidTable();
  const births = new Map<number, Pending>();
  const held = new Map<number, Held>();
  /** Children announced before their parent's call returned, by parent. */
  const adopted = new Map<number, number>();
  let begun = 0;
  let weight = 0;

  const forget = (tid: number): void => {
    known.set(tid, undefined);
    onForgotten(tid);
  };

  const release = (child: number): Draft[] => {
    const waiting = held.get(child)?.waiting ?? [];
    held.delete(child);
    known.set(child, 1);
    weight -= sum(waiting);
    return waiting.flatMap(pass);
  };

  const adopt = (parent: number, child: number): Draft[] => {
    const pending = births.get(parent);
    if (pending === undefined) return release(child);
    births.delete(parent);
    adopted.set(parent, child);
    const fork: Draft = { kind: 'fork', tid: parent, ts: pending.ts, child, thread: pending.birth.thread };
    return [fork, ...release(child), ...withdraw(pending, true)];
  };

  /** The births that may be that of a child met at `since`; two are enough to know that there are several. */
  const candidates = (since: number): number[] => {
    const found: number[] = [];
    for (const [parent, { at }] of births) {
      if (at > since || found.length === 2) break;
      found.push(parent);
    }
    return found;
  };

  /** A birth is no candidate any more; where its outcome is known, the only one left is the parent. Who waits longer has fewer candidates. */
  const withdraw = (gone: Pending | undefined, outcomeKnown: boolean): Draft[] => {
    const out: Draft[] = [];
    if (gone === undefined) return out;
    for (const [child, { since }] of held) {
      if (since < gone.at) continue;
      const [only, other] = outcomeKnown ? candidates(since) : [];
      if (other !== undefined) break;
      for (const draft of only === undefined ? release(child) : adopt(only, child)) out.push(draft);
    }
    return out;
  };

  const settle = (parent: number, drafts: readonly Draft[], outcomeKnown: boolean): Draft[] => {
    const announced = adopted.get(parent);
    const pending = births.get(parent);
    adopted.delete(parent);
    births.delete(parent);
    const out = drafts.flatMap((draft) => {
      if (draft.kind !== 'fork') return [draft];
      return draft.child === announced ? [] : [draft, ...release(draft.child)];
    });
    return [...out, ...withdraw(pending, outcomeKnown)];
  };

  const begin = (parent: number, birth: Birth, ts: number): void => {
    births.delete(parent);
    begun += 1;
    births.set(parent, { birth, ts, at: begun });
  };

  const pass = ({ tid, drafts, kinship }: Decoded): readonly Draft[] => {
    if (tid !== null && drafts.some((draft) => draft.kind === 'exit')) forget(tid);
    switch (kinship?.kind) {
      case undefined:
        return drafts;
      case 'pending':
        if (tid !== null && !kinship.birth.untraced) begin(tid, kinship.birth, kinship.ts);
        return drafts;
      case 'settled':
        return tid === null ? drafts : settle(tid, drafts, kinship.known);
      case 'superseded':
        forget(kinship.by);
        return drafts;
    }
  };

  const meet = (tid: number, decoded: Decoded): readonly Draft[] => {
    const [only] = births.keys();
    if (births.size === 1 && only !== undefined) return [...adopt(only, tid), ...pass(decoded)];
    if (births.size === 0) {
      known.set(tid, 1);
      return pass(decoded);
    }
    held.set(tid, { since: begun, waiting: [] });
    return hold(tid, decoded);
  };

  const hold = (tid: number, decoded: Decoded): Draft[] => {
    held.get(tid)?.waiting.push(decoded);
    weight += sum([decoded]);
    const out: Draft[] = [];
    for (const child of held.keys()) {
      if (held.size <= mostHeld && weight <= heaviest) break;
      for (const draft of release(child)) out.push(draft);
    }
    return out;
  };

  return {
    push: (decoded) => {
      const { tid } = decoded;
      if (tid === null || known.get(tid) !== undefined) return pass(decoded);
      return held.has(tid) ? hold(tid, decoded) : meet(tid, decoded);
    },
    isKnown: (tid) => known.get(tid) !== undefined,
    end: () => [...held.keys()].flatMap(release),
  };
};

/** Roughly the bytes that these take in memory. */
const sum = (waiting: readonly Decoded[]): number =>
  waiting.reduce(
    (total, { drafts }) => drafts.reduce((size, draft) => size + 500 + ('rawLine' in draft ? draft.rawLine.length : 0), total + 200),
    0,
  );

const mostHeld = 1024;
const heaviest = 32 * 1024 * 1024;
