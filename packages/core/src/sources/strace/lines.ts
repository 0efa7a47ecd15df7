/** One line of a byte stream as latin1 text, without its line end; `cut` when it was longer than the cap or had no line end. */
export type TextLine = { readonly text: string; readonly number: number; readonly cut: 'too long' | 'no line end' | null };

/** Takes lines while they are bytes of a chunk, so that no text has to be made of those that need none. */
export type Shortcut = {
  /** The most bytes that it takes at once. */
  readonly room: number;
  /** The next lines are in `bytes`, each with its line feed. */
  begin(bytes: Buffer): void;
  /**
   * Takes lines from `from` on, which is where line `number` begins, as far as it can; returns where the first begins that it has not taken, and that is read.
   * The first of the stream is never one of them.
   */
  take(from: number, number: number): number;
  /** How many it has taken then. */
  taken(): number;
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

  const readWindow = (bytes: Buffer, take: (line: TextLine) => void, shortcut: Shortcut): void => {
    shortcut.begin(bytes);
    for (let from = 0; from < bytes.length; ) {
      if (number > 0) {
        from = shortcut.take(from, number + 1);
        number += shortcut.taken();
      }
      if (from < bytes.length) from = readNext(bytes, from, take);
    }
  };

  const readNext = (bytes: Buffer, from: number, take: (line: TextLine) => void): number => {
    const end = bytes.indexOf(lineFeed, from);
    if (end - from > maxLength) return goOn(bytes, from, take);
    take(lineOf(bytes.toString('latin1', from, end), null));
    return end + 1;
  };

  const each: LineSplitter['each'] = (chunk, take, shortcut = none) => {
    const bytes = Buffer.from(chunk.buffer, chunk.byteOffset, chunk.byteLength);
    for (let from = 0; from < bytes.length; ) {
      const isBegun = kept > 0 || tooLong;
      const last = isBegun ? -1 : bytes.lastIndexOf(lineFeed, Math.min(bytes.length, from + shortcut.room) - 1);
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

const none: Shortcut = { room: 65_536, begin: () => undefined, take: (from) => from, taken: () => 0 };
const lineFeed = 0x0a;
