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

/** A place that was used stays its thread's: what comes into a map and leaves it again and again is dear to the garbage collector. */
export const createHalves = (): Halves => {
  const places = new Map<number, { half: Half | undefined }>();
  let waiting = 0;

  const put = (tid: number, half: Half): void => {
    const place = places.get(tid);
    if (place) place.half = half;
    else places.set(tid, { half });
    waiting += 1;
  };

  const drop = (tid: number): void => {
    const place = places.get(tid);
    if (!place?.half) return;
    place.half = undefined;
    waiting -= 1;
    if (waiting === 0 && places.size > most) places.clear();
  };

  const takeAll = (): readonly TextLine[] => {
    if (waiting === 0) return none;
    const lines = [...places.values()].flatMap(({ half }) => half ?? []).sort((a, b) => a.line.number - b.line.number);
    places.clear();
    waiting = 0;
    return lines.map(({ line }) => line);
  };

  return {
    has: (tid) => waiting > 0 && places.get(tid)?.half !== undefined,
    put,
    of: (tid) => places.get(tid)?.half,
    drop,
    takeAll,
    isFull: () => waiting >= most || places.size >= 4 * most,
  };
};

const none: readonly TextLine[] = [];
/** As many threads as may well be in the middle of a connect; with all that a line may have, far less than the calls that are kept for the reader (pending.ts). */
const most = 1024;
