import type { CutLine } from '../reader.js';
import { createHeap } from './heap.js';

/** One thread's lines: when the first of them was written (µs), and how to read them. */
export type ThreadSource = { readonly tid: number; readonly start: number; readonly read: () => AsyncGenerator<CutLine[], void> };

/**
 * The lines of all threads in the order of their times, those of the same time in the order of thread ids. A file is read from when its first line
 * is due, one piece at a time.
 */
export async function* mergeThreads(threads: readonly ThreadSource[]): AsyncGenerator<CutLine[], void> {
  const heap = createHeap<Reader>((a, b) => a.due - b.due || a.tid - b.tid);
  for (const { tid, start, read } of threads) heap.push({ tid, due: start, read, lines: null, waiting: [], at: 0 });
  for (let reader = heap.pop(); reader !== undefined; reader = heap.pop()) {
    if (!(await fill(reader))) continue;
    const batch = takeUntil(reader, heap.peek());
    if (batch.length > 0) yield batch;
    heap.push(reader);
  }
}

/** A thread whose next line is due at `due`, as far as it is known. */
type Reader = {
  readonly tid: number;
  due: number;
  readonly read: ThreadSource['read'];
  lines: AsyncGenerator<CutLine[], void> | null;
  waiting: CutLine[];
  at: number;
};

/** Whether there is a line, reading the next piece if need be. */
const fill = async (reader: Reader): Promise<boolean> => {
  reader.lines ??= reader.read();
  while (reader.at === reader.waiting.length) {
    const { value, done } = await reader.lines.next();
    if (done) return false;
    reader.waiting = value;
    reader.at = 0;
  }
  reader.due = Math.max(reader.due, dueAt(reader));
  return true;
};

/** The lines that are due before those of `next`. */
const takeUntil = (reader: Reader, next: Reader | undefined): CutLine[] => {
  const from = reader.at;
  const isDue = (): boolean => next === undefined || reader.due < next.due || (reader.due === next.due && reader.tid <= next.tid);
  while (reader.at < reader.waiting.length && isDue()) {
    reader.at += 1;
    if (reader.at < reader.waiting.length) reader.due = Math.max(reader.due, dueAt(reader));
  }
  return reader.waiting.slice(from, reader.at);
};

const dueAt = ({ waiting, at }: Reader): number => waiting[at]?.line.ts ?? 0;
