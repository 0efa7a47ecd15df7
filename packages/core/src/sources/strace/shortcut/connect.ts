import { isPending, outcome } from '../call.js';
import { mentionsEgress } from '../hidden.js';
import { readGroup } from '../scan.js';
import { readSocketAddress, type SocketAddress } from '../sockaddr.js';
import { createCursor } from './cursor.js';
import type { Head } from './head.js';
import { createMemo } from './memo.js';
import { createPlaces, type KnownPlace } from './places.js';

/** What a connect says, apart from its thread and time. `took` in µs, where the line has it. */
export type PlainConnect = {
  fd: number;
  /** `socket` as strace -y decorates, `TCP`, `UDP`, … as -yy does where it knows no addresses; empty without a decoration. */
  decoration: string;
  inode: string;
  to: KnownPlace;
  result: Result;
  took: number | undefined;
};

type Result = { readonly value: number | null; readonly pending: boolean };

/** Reads connects of the usual form, `connect(3<socket:[17]>, {…}, 16) = 0 <0.000012>`, to what the readers of any call make of them. */
export type ConnectReader = {
  begin(bytes: Uint8Array, text: string): void;
  /**
   * Reads the line up to its line feed at `end` into `found`: the `whole` call, or its `half` up to ` <unfinished ...>`, without a result. null when it
   * has another form, which says nothing of it.
   */
  read(end: number, head: Head): 'whole' | 'half' | null;
  /** Reads the result of a line whose body, from `body`, is `<... connect resumed>) = 0`; as `read`. */
  readRest(body: number, end: number): boolean;
  readonly found: PlainConnect;
};

/** Addresses and results are few, and are read once by the readers of all calls; the text between them is compared. */
// biome-ignore lint/complexity/noExcessiveLinesPerFunction: the functions inside, which share what they read, are short
export const createConnectReader = (): ConnectReader => {
  let bytes: Uint8Array = new Uint8Array(0);
  let text = '';
  const braces = createCursor('}');
  let lastDecoration = '';
  let lastResult = '\n';
  let last: Result = { value: null, pending: false };
  const places = createPlaces(addressOf);
  const results = createMemo(resultOf, mostResults);
  const found: PlainConnect = {
    fd: 0,
    decoration: '',
    inode: '',
    to: { place: nowhere, slot: 0 },
    result: { value: null, pending: false },
    took: undefined,
  };

  /** Returns where the descriptor ends; −1 when it has another form. */
  const readDescriptor = (from: number): number => {
    let at = skipDigits(bytes, from);
    if (at === from || at - from > 9) return -1;
    found.fd = numberIn(bytes, from, at);
    found.decoration = '';
    found.inode = '';
    if (bytes[at] !== less) return at;
    const word = at + 1;
    at = skipLetters(bytes, word);
    if (at === word || bytes[at] !== colon || bytes[at + 1] !== square) return -1;
    if (lastDecoration.length !== at - word || !text.startsWith(lastDecoration, word)) lastDecoration = copyOf(text.slice(word, at));
    found.decoration = lastDecoration;
    const inode = at + 2;
    at = skipDigits(bytes, inode);
    if (at === inode || at - inode > 20 || bytes[at] !== squareEnd || bytes[at + 1] !== greater) return -1;
    // Only of these the number is looked at.
    if (found.decoration === 'socket') found.inode = text.slice(inode, at);
    return at + 2;
  };

  /** `) = ` and the result. */
  const readEnd = (from: number, end: number): boolean => {
    if (bytes[from] !== bracketEnd) return false;
    const equals = skipSpaces(bytes, from + 1);
    if (equals === from + 1 || bytes[equals] !== equal || bytes[equals + 1] !== space) return false;
    return readResult(equals + 2, end);
  };

  /** The result up to `end`, with the time that the call took. */
  const readResult = (from: number, end: number): boolean => {
    const time = bytes[end - 1] === greater ? beginOfTime(bytes, from, end) : end;
    if (time === -1) return false;
    if (lastResult.length !== time - from || !text.startsWith(lastResult, from)) {
      const result = results.of(text, from, time);
      if (result === null) return false;
      last = result;
      lastResult = copyOf(text.slice(from, time));
    }
    found.result = last;
    found.took = time === end ? undefined : Math.round(Number(text.slice(time + 2, end - 1)) * 1e6);
    return true;
  };

  return {
    found,
    begin: (givenBytes, givenText) => {
      bytes = givenBytes;
      text = givenText;
      braces.begin(text);
    },
    read: (end, { open }) => {
      const descriptor = readDescriptor(open + 1);
      if (descriptor === -1 || bytes[descriptor] !== comma || bytes[descriptor + 2] !== brace || bytes[descriptor + 1] !== space)
        return null;
      const close = braces.from(descriptor);
      if (close > end || bytes[close + 1] !== comma || bytes[close + 2] !== space) return null;
      const to = places.of(bytes, text, descriptor + 2, close + 1);
      if (to === null) return null;
      found.to = to;
      const length = skipDigits(bytes, close + 3);
      if (length === close + 3) return null;
      if (bytes[length] === space) return length + unfinished.length === end && text.startsWith(unfinished, length) ? 'half' : null;
      return readEnd(length, end) ? 'whole' : null;
    },
    readRest: (body, end) => text.startsWith(resumed, body) && readEnd(body + resumed.length, end),
  };
};

/** A part of the text would keep all of it in memory. */
const copyOf = (piece: string): string => Buffer.from(piece, 'latin1').toString('latin1');

/** null for what is to be read with its line: more than ASCII, a message of strace itself, a group that does not end there, an address of a name service. */
const addressOf = (text: string): SocketAddress | null => {
  if (!plain.test(text) || text.includes('strace') || readGroup(text, 0)?.end !== text.length - 1) return null;
  const address = readSocketAddress(text);
  return address.family === null || address.family === 'AF_UNIX' ? null : address;
};

const resultOf = (text: string): Result | null => {
  if (!/^[\x21-\x7e][\x20-\x7e]*$/.test(text) || text.includes('<') || text.includes('strace') || mentionsEgress(text)) return null;
  return { value: outcome(text), pending: isPending({ result: text }) };
};

/** Where ` <0.000012>` begins; −1 when the end is something else. */
const beginOfTime = (bytes: Uint8Array, from: number, end: number): number => {
  let at = end - 2;
  while (at > from && isDigit(bytes[at] ?? 0)) at -= 1;
  const fraction = end - 2 - at;
  if (bytes[at] !== point || fraction === 0 || fraction > 9) return -1;
  const dot = at;
  at -= 1;
  while (at > from && isDigit(bytes[at] ?? 0)) at -= 1;
  const whole = dot - 1 - at;
  return whole > 0 && whole < 10 && bytes[at] === less && bytes[at - 1] === space ? at - 1 : -1;
};

const skipDigits = (bytes: Uint8Array, from: number): number => {
  let at = from;
  while (isDigit(bytes[at] ?? 0)) at += 1;
  return at;
};

const skipLetters = (bytes: Uint8Array, from: number): number => {
  let at = from;
  while (isLetter(bytes[at] ?? 0) || isDigit(bytes[at] ?? 0)) at += 1;
  return at;
};

const skipSpaces = (bytes: Uint8Array, from: number): number => {
  let at = from;
  while (bytes[at] === space) at += 1;
  return at;
};

const numberIn = (bytes: Uint8Array, from: number, to: number): number => {
  let value = 0;
  for (let at = from; at < to; at += 1) value = value * 10 + (bytes[at] ?? 0) - 0x30;
  return value;
};

const isDigit = (byte: number): boolean => byte >= 0x30 && byte <= 0x39;
const isLetter = (byte: number): boolean => (byte >= 0x61 && byte <= 0x7a) || (byte >= 0x41 && byte <= 0x5a);

const nowhere: SocketAddress = { family: null, addr: null, port: null };
const plain = /^[\x20-\x7e]*$/;
const unfinished = ' <unfinished ...>';
const resumed = '<... connect resumed>';
const [space, bracketEnd, comma, point, colon, less, equal, greater] = [0x20, 0x29, 0x2c, 0x2e, 0x3a, 0x3c, 0x3d, 0x3e];
const [square, squareEnd, brace] = [0x5b, 0x5d, 0x7b];
const mostResults = 512;
