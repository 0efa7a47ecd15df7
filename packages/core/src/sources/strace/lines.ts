/** One line of a byte stream as latin1 text, without its line end; `cut` when it was longer than the cap or had no line end. */
export type TextLine = { readonly text: string; readonly number: number; readonly cut: 'too long' | 'no line end' | null };

/** Takes lines while they are bytes of a chunk, so that no text has to be made of those that need none. */
export type Shortcut = {
  /** The next lines are in `bytes`, which are `text` in latin1. */
  begin(bytes: Buffer, text: string): void;
  /** Whether it has taken line `number` from `from` to its line feed at `end`; one that it has not is read. It is never the first of the stream. */
  take(from: number, end: number, number: number): boolean;
};

/** A splitter of chunks into lines; memory is bounded by `maxLength` characters. */
export type LineSplitter = {
  push(chunk: Uint8Array): TextLine[];
  /** Gives each line to `take`, in order, unless the shortcut takes it. */
  each(chunk: Uint8Array, take: (line: TextLine) => void, shortcut?: Shortcut): void;
  end(): TextLine[];
};

/** Returns a splitter that keeps at most `maxLength` bytes of a line and drops the rest of a longer one. */
// biome-ignore lint/complexity/noExcessiveLinesPerFunction: the functions inside, which share the line that was begun, are short
export const createLineSplitter = (maxLength: number = 1024 * 1024): LineSplitter => {
  let parts: string[] = [];
  let kept = 0;
  let tooLong = false;
  let number = 0;

  const add = (bytes: Buffer, from: number, to: number): void => {
    const room = maxLength - kept;
    if (to - from > room) tooLong = true;
    const end = Math.min(to, from + room);
    if (end === from) return;
    parts.push(bytes.toString('latin1', from, end));
    kept += end - from;
  };

  const lineOf = (bare: string, cut: TextLine['cut']): TextLine => {
    const text = withoutMark(bare, number);
    number += 1;
    return { text: text.endsWith('\r') ? text.slice(0, -1) : text, number, cut };
  };

  const finish = (ended: boolean): TextLine => {
    const line = lineOf(parts.join(''), tooLong ? 'too long' : ended ? null : 'no line end');
    parts = [];
    kept = 0;
    tooLong = false;
    return line;
  };

  /** Goes on with one line; returns where the next one begins. */
  const goOn = (bytes: Buffer, from: number, take: (line: TextLine) => void): number => {
    const end = bytes.indexOf(lineFeed, from);
    add(bytes, from, end === -1 ? bytes.length : end);
    if (end === -1) return bytes.length;
    take(finish(true));
    return end + 1;
  };

  /** Each line that is read is a string of its own: a part of the window's would keep all of that in memory. */
  const readWindow = (bytes: Buffer, take: (line: TextLine) => void, shortcut: Shortcut): void => {
    const text = bytes.toString('latin1');
    let from = 0;
    shortcut.begin(bytes, text);
    for (let end = text.indexOf('\n'); end !== -1; end = text.indexOf('\n', from)) {
      if (number > 0 && shortcut.take(from, end, number + 1)) number += 1;
      else if (end - from > maxLength) goOn(bytes, from, take);
      else take(lineOf(bytes.toString('latin1', from, end), null));
      from = end + 1;
    }
  };

  const each: LineSplitter['each'] = (chunk, take, shortcut = none) => {
    const bytes = Buffer.from(chunk.buffer, chunk.byteOffset, chunk.byteLength);
    for (let from = 0; from < bytes.length; ) {
      const isBegun = kept > 0 || tooLong;
      const last = isBegun ? -1 : bytes.lastIndexOf(lineFeed, Math.min(bytes.length, from + windowSize) - 1);
      if (last >= from) readWindow(bytes.subarray(from, last + 1), take, shortcut);
      from = last >= from ? last + 1 : goOn(bytes, from, take);
    }
  };

  return {
    each,
    push: (chunk) => {
      const lines: TextLine[] = [];
      each(chunk, (line) => void lines.push(line));
      return lines;
    },
    end: () => (kept === 0 ? [] : [finish(false)]),
  };
};

/** Without the byte order mark that some programs put before UTF-8. */
const withoutMark = (text: string, linesBefore: number): string =>
  linesBefore === 0 && text.startsWith('\xef\xbb\xbf') ? text.slice(3) : text;

const none: Shortcut = { begin: () => undefined, take: () => false };
const lineFeed = 0x0a;
/** Text of that length is cheap to make and to forget; longer ones go to a part of the heap that is cleaned seldom. */
const windowSize = 64 * 1024;
