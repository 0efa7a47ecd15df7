import type { Birth } from './birth.js';
import type { Decoded } from './decode.js';
import type { Draft } from './draft.js';

/** Puts a `fork` before every event of its child wherever the trace tells which thread is the parent. */
export type Order = {
  push(decoded: Decoded): Draft[];
  /** Events whose parent never became known. */
  end(): Draft[];
};

type Pending = { readonly birth: Birth; readonly ts: number };
type Held = { readonly candidates: ReadonlySet<number>; readonly waiting: Decoded[] };

/**
 * A child may be printed before its parent's `<... clone resumed>) = CHILD`. With one birth under way the parent is clear at once;
 * with several the child's events are held back until one of them is settled.
 */
// biome-ignore lint/complexity/noExcessiveLinesPerFunction: the functions inside, which share what is held, are short
export const createOrder = (): Order => {
  const known = new Set<number>();
  const births = new Map<number, Pending>();
  const held = new Map<number, Held>();
  /** Children announced before their parent's call returned, by parent. */
  const adopted = new Map<number, number>();

  const release = (child: number): Draft[] => {
    const waiting = held.get(child)?.waiting ?? [];
    held.delete(child);
    known.add(child);
    return waiting.flatMap(pass);
  };

  const adopt = (parent: number, child: number): Draft[] => {
    const pending = births.get(parent);
    if (pending === undefined) return release(child);
    births.delete(parent);
    adopted.set(parent, child);
    const fork: Draft = { kind: 'fork', tid: parent, ts: pending.ts, child, thread: pending.birth.thread };
    return [fork, ...release(child), ...withdraw(parent, true)];
  };

  /** `parent` is no candidate any more; where its outcome is known, the only one left is the parent. */
  const withdraw = (parent: number, outcomeKnown: boolean): Draft[] =>
    [...held.keys()].flatMap((child) => {
      const entry = held.get(child);
      if (entry === undefined || !entry.candidates.has(parent)) return [];
      const candidates = new Set([...entry.candidates].filter((tid) => tid !== parent));
      held.set(child, { candidates, waiting: entry.waiting });
      const [only] = candidates;
      if (!outcomeKnown || only === undefined) return release(child);
      return candidates.size === 1 ? adopt(only, child) : [];
    });

  const settle = (parent: number, drafts: readonly Draft[], outcomeKnown: boolean): Draft[] => {
    const announced = adopted.get(parent);
    adopted.delete(parent);
    births.delete(parent);
    const out = drafts.flatMap((draft) => {
      if (draft.kind !== 'fork') return [draft];
      return draft.child === announced ? [] : [draft, ...release(draft.child)];
    });
    return [...out, ...withdraw(parent, outcomeKnown)];
  };

  const pass = ({ tid, drafts, kinship }: Decoded): Draft[] => {
    if (drafts.some((draft) => draft.kind === 'exit') && tid !== null) known.delete(tid);
    switch (kinship?.kind) {
      case undefined:
        return [...drafts];
      case 'pending':
        if (tid !== null && !kinship.birth.untraced) births.set(tid, kinship);
        return [...drafts];
      case 'settled':
        return tid === null ? [...drafts] : settle(tid, drafts, kinship.known);
      case 'superseded':
        known.delete(kinship.by);
        return [...drafts];
    }
  };

  const meet = (tid: number, decoded: Decoded): Draft[] => {
    const [only] = births.keys();
    if (births.size === 1 && only !== undefined) return [...adopt(only, tid), ...pass(decoded)];
    if (births.size === 0) {
      known.add(tid);
      return pass(decoded);
    }
    held.set(tid, { candidates: new Set(births.keys()), waiting: [decoded] });
    return [];
  };

  return {
    push: (decoded) => {
      const { tid } = decoded;
      if (tid === null || known.has(tid)) return pass(decoded);
      const waiting = held.get(tid)?.waiting;
      if (waiting === undefined) return meet(tid, decoded);
      waiting.push(decoded);
      return [];
    },
    end: () => [...held.keys()].flatMap(release),
  };
};
