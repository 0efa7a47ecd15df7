import type { TextLine } from '../lines.js';
import type { Begun } from './connects.js';

/** The first half of a plain connect, `connect(3, {…}, 16 <unfinished ...>`: its line, and what of it the event needs. */
export type Half = Begun & { readonly line: TextLine };

/** Connects that were begun, one a thread, as long as no line has to be read. */
export type Halves = {
  has(tid: number): boolean;
  put(tid: number, half: Half): void;
  /** That of the thread, which stays; undefined when it has none. */
  of(tid: number): Half | undefined;
  drop(tid: number): void;
  /** All lines in their order, of which none is left. */
  takeAll(): readonly TextLine[];
  /** Whether there are so many that their lines should be read. */
  isFull(): boolean;
};

export const createHalves = (): Halves => {
  const halves = new Map<number, Half>();
  return {
    has: (tid) => halves.size > 0 && halves.has(tid),
    put: (tid, half) => void halves.set(tid, half),
    of: (tid) => halves.get(tid),
    drop: (tid) => void halves.delete(tid),
    takeAll: () => {
      if (halves.size === 0) return none;
      const lines = [...halves.values()].map(({ line }) => line);
      halves.clear();
      return lines;
    },
    isFull: () => halves.size >= most,
  };
};

const none: readonly TextLine[] = [];
/** As many threads as may well be in the middle of a connect; with all that a line may have, far less than the calls that are kept for the reader (pending.ts). */
const most = 1024;
