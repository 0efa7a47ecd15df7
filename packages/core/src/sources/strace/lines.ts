/** One line of a byte stream as latin1 text, without its line end; `cut` when it was longer than the cap or had no line end. */
export type TextLine = { readonly text: string; readonly number: number; readonly cut: 'too long' | 'no line end' | null };

/** A splitter of chunks into lines; memory is bounded by `maxLength` characters. */
export type LineSplitter = {
  push(chunk: Uint8Array): TextLine[];
  end(): TextLine[];
};

/** Returns a splitter that keeps at most `maxLength` bytes of a line and drops the rest of a longer one. */
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

  const take = (ended: boolean): TextLine => {
    const text = withoutMark(parts.join(''), number);
    const cut = tooLong ? 'too long' : ended ? null : 'no line end';
    parts = [];
    kept = 0;
    tooLong = false;
    number += 1;
    return { text: text.endsWith('\r') ? text.slice(0, -1) : text, number, cut };
  };

  return {
    /** Each line is a string of its own: a part of the chunk's string would keep the whole chunk in memory. */
    push: (chunk) => {
      const bytes = Buffer.from(chunk.buffer, chunk.byteOffset, chunk.byteLength);
      const lines: TextLine[] = [];
      let from = 0;
      for (let end = bytes.indexOf(lineFeed); end !== -1; end = bytes.indexOf(lineFeed, from)) {
        add(bytes, from, end);
        lines.push(take(true));
        from = end + 1;
      }
      add(bytes, from, bytes.length);
      return lines;
    },
    end: () => (kept === 0 ? [] : [take(false)]),
  };
};

/** Without the byte order mark that some programs put before UTF-8. */
const withoutMark = (text: string, linesBefore: number): string =>
  linesBefore === 0 && text.startsWith('\xef\xbb\xbf') ? text.slice(3) : text;

const lineFeed = 0x0a;
