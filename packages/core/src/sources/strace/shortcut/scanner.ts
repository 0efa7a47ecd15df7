import { namesOfInterest } from '../calls.js';
import { pidLimit } from '../tid-table.js';
import { type ScannerModule, startModule } from './scanner-module.js';

/** Looks at the lines of a trace in WebAssembly (packages/core/scanner), sixteen bytes at a time. All places are those in the bytes that it was given last. */
export type Scanner = {
  /** How many bytes it takes at once. */
  readonly room: number;
  /** The next lines are in `bytes`, each with its line feed. */
  begin(bytes: Uint8Array): void;
  /**
   * Passes over lines from `from` on as long as each is surely a whole call that is no evidence, of a thread that is ready. Returns the form of the line at which it
   * stopped (one of `forms`).
   */
  scan(from: number): number;
  /** What is known of that line, one of `fields`. */
  found(field: number): number;
  /** The same of a field that is a place. */
  placeOf(field: number): number;
  /** When it was written, µs; 0 where it has no time. */
  time(): number;
  /** A copy of the bytes, as latin1. */
  text(from: number, to: number): string;
  /** Whether a whole call of the thread is only itself, from now on. */
  setReady(tid: number, isSo: boolean): void;
};

/** Returns null where there is no WebAssembly: each line is then read as any. */
export const createScanner = (): Scanner | null => {
  const started = startModule();
  return started && scannerOf(started);
};

/** As packages/core/scanner/forms.ts and record.ts have them. `none`: all lines were passed over. `unready`: a call of a thread that is not ready. */
export const forms = { none: 0, whole: 1, half: 2, rest: 3, unready: 4, other: 5 } as const;

/** Of any line `skipped`, the number of those before it, `line`, where it begins, and `tid`. Of a place or result the slot, and where its text begins and ends. */
export const fields = {
  ...{ skipped: 0, line: 1, next: 2, tid: 3, fd: 4, protocol: 5, inode: 6, inodeEnd: 7 },
  ...{ place: 8, placeText: 9, placeEnd: 10, result: 11, resultText: 12, resultEnd: 13, took: 14 },
} as const;

const scannerOf = ({ memory, input, inputSize, record, ...module }: ScannerModule): Scanner => {
  const start = input.value;
  const bytes = Buffer.from(memory.buffer);
  const numbers = new Int32Array(memory.buffer, record.value, 15);
  const time = new Float64Array(memory.buffer, record.value + 64, 1);
  let end = start;
  for (const name of namesOfInterest) module.markName(start, bytes.write(name, start, 'latin1'));
  return {
    room: inputSize.value,
    begin: (lines) => {
      bytes.set(lines, start);
      end = start + lines.length;
    },
    scan: (from) => module.scan(start + from, end),
    found: (field) => numbers[field] ?? 0,
    placeOf: (field) => (numbers[field] ?? 0) - start,
    time: () => time[0] ?? 0,
    text: (from, to) => bytes.toString('latin1', start + from, start + to),
    setReady: (tid, isSo) => {
      if (tid >= 0 && tid <= pidLimit) module.setReady(tid, isSo);
    },
  };
};
