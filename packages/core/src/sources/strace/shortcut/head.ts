import { pidLimit } from '../tid-table.js';

/** The beginning of a line of the usual form, `TID [SECONDS[.FRACTION]] NAME(`, as places in the bytes. */
export type Head = {
  tid: number;
  /** Of the whole seconds; −1 when the line has no time. */
  seconds: number;
  /** Digits after the point; their value is `fraction`. */
  digits: number;
  fraction: number;
  /** Where the name begins, and where its bracket opens. */
  name: number;
  open: number;
  /** A number that is the same for the same name, below `nameHashes`. */
  hash: number;
};

export const newHead = (): Head => ({ tid: 0, seconds: 0, digits: 0, fraction: 0, name: 0, open: 0, hash: 0 });

/** Reads thread and time of the line from `from` into `head`, and returns where they end; −1 when they have another form, which says nothing of the line. */
export const readStart = (bytes: Uint8Array, from: number, head: Head): number => {
  let at = from;
  let tid = 0;
  for (let digit = digitAt(bytes, at); digit >= 0 && at < from + 8; digit = digitAt(bytes, at)) {
    tid = tid * 10 + digit;
    at += 1;
  }
  const width = at - from;
  if (width === 0 || tid > pidLimit || bytes[at] !== space) return -1;
  at += 1;
  // The column of pids has five places (strace -o); what is further to the right is something else.
  for (let padding = 5 - width; padding > 0 && bytes[at] === space; padding -= 1) at += 1;
  head.tid = tid;
  return readTime(bytes, at, head);
};

/** Returns where the time and its spaces end; −1 when it has another form. */
const readTime = (bytes: Uint8Array, from: number, head: Head): number => {
  let at = from;
  let seconds = 0;
  for (let digit = digitAt(bytes, at); digit >= 0; digit = digitAt(bytes, at)) {
    seconds = seconds * 10 + digit;
    at += 1;
  }
  head.seconds = at === from ? -1 : seconds;
  head.digits = 0;
  head.fraction = 0;
  if (at === from) return at;
  if (at - from > 12) return -1;
  if (bytes[at] === point) {
    const begin = at + 1;
    let fraction = 0;
    at = begin;
    for (let digit = digitAt(bytes, at); digit >= 0; digit = digitAt(bytes, at)) {
      fraction = fraction * 10 + digit;
      at += 1;
    }
    head.digits = at - begin;
    head.fraction = fraction;
    if (head.digits === 0 || head.digits > 9) return -1;
  }
  if (bytes[at] !== space) return -1;
  while (bytes[at] === space) at += 1;
  return at;
};

/** Reads the name from `from` and its bracket into `head`; false when there is something else. */
export const readName = (bytes: Uint8Array, from: number, end: number, head: Head): boolean => {
  let hash = 0;
  let at = from;
  for (let byte = bytes[at] ?? 0; isOfName(byte); byte = bytes[at] ?? 0) {
    hash = (hash * 31 + byte) & (nameHashes - 1);
    at += 1;
  }
  if (at === from || at >= end || bytes[at] !== bracket || digitAt(bytes, from) >= 0) return false;
  head.name = from;
  head.open = at;
  head.hash = hash;
  return true;
};

/** The hash of a name, as in a head. */
export const hashOf = (name: string): number => [...Buffer.from(name)].reduce((hash, byte) => (hash * 31 + byte) & (nameHashes - 1), 0);

const digitAt = (bytes: Uint8Array, at: number): number => {
  const byte = bytes[at] ?? 0;
  return byte >= 0x30 && byte <= 0x39 ? byte - 0x30 : -1;
};

const isOfName = (byte: number): boolean =>
  (byte >= 0x61 && byte <= 0x7a) || byte === 0x5f || (byte >= 0x30 && byte <= 0x39) || (byte >= 0x41 && byte <= 0x5a);

export const nameHashes = 1 << 16;
const space = 0x20;
const point = 0x2e;
const bracket = 0x28;
