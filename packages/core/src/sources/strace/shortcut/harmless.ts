import { namesOfInterest } from '../calls.js';
import { createCursor } from './cursor.js';
import { type Head, hashOf, nameHashes } from './head.js';

/**
 * Tells of whole lines of calls that are no evidence that they are. It looks for what a line must have to be evidence, or to have any in it (hidden.ts, line.ts),
 * and is not sure of a line that has something of it: that has to be read.
 */
export type Harmless = {
  begin(bytes: Uint8Array, text: string): void;
  /** Whether the line from `from` to its line feed at `end`, whose beginning is `head`, is surely the whole of a call that is no evidence. */
  isSure(from: number, end: number, head: Head): boolean;
};

export const createHarmless = (): Harmless => {
  let bytes: Uint8Array = new Uint8Array(0);
  const brackets = createCursor('(');
  const families = createCursor('y=');
  const messages = createCursor(': ');
  const escapes = createCursor('\x1b');

  /** A bracket as in `connect(3`, `sendto(3`, `sendmsg(sockfd=3`, behind the name of the call. */
  const opensEgress = (from: number, end: number): boolean => {
    for (let at = brackets.from(from); at < end; at = brackets.from(at + 1)) {
      if (isEndOfEgress(bytes[at - 1] ?? 0) && isBeginOfDescriptor(bytes[at + 1] ?? 0)) return true;
    }
    return false;
  };

  /** `sa_family=` */
  const hasAddress = (from: number, end: number): boolean => {
    for (let at = families.from(from); at < end; at = families.from(at + 1)) if (bytes[at - 1] === letterL) return true;
    return false;
  };

  return {
    begin: (given, text) => {
      bytes = given;
      for (const cursor of [brackets, families, messages, escapes]) cursor.begin(text);
    },
    isSure: (from, end, { name, open, hash }) =>
      ofInterest[hash] === 0 &&
      !isUnnamed(bytes, name) &&
      isEndOfCall(bytes, end) &&
      !opensEgress(open + 1, end) &&
      !hasAddress(from, end) &&
      messages.from(from) >= end &&
      escapes.from(from) >= end,
  };
};

/** Not ` <unfinished ...>` or another of its kind, nor white space, behind which one may stand. */
const isEndOfCall = (bytes: Uint8Array, end: number): boolean => {
  const last = bytes[end - 1] ?? 0;
  return last > 0x20 && last < 0x7f && !(last === greater && bytes[end - 2] === point);
};

/** `syscall_435`, or any other name that begins so. */
const isUnnamed = (bytes: Uint8Array, name: number): boolean =>
  bytes[name] === 0x73 && bytes[name + 1] === 0x79 && bytes[name + 2] === 0x73;

/** connect, sendto, sendmsg, sendmmsg. */
const isEndOfEgress = (byte: number): boolean => byte === 0x74 || byte === 0x6f || byte === 0x67;
/** A digit, or that of `sockfd=`. */
const isBeginOfDescriptor = (byte: number): boolean => (byte >= 0x30 && byte <= 0x39) || byte === 0x73;

/** Names that have the hash of one that may be evidence are rare. */
const ofInterest = new Uint8Array(nameHashes);
for (const name of namesOfInterest) ofInterest[hashOf(name)] = 1;

const letterL = 0x6c;
const greater = 0x3e;
const point = 0x2e;
