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

  const add = (text: string): void => {
    const room = maxLength - kept;
    if (text.length > room) tooLong = true;
    const fitting = text.slice(0, Math.max(0, room));
    if (fitting === '') return;
    parts.push(fitting);
    kept += fitting.length;
  };

  const take = (ended: boolean): TextLine => {
    const text = parts.join('');
    const cut = tooLong ? 'too long' : ended ? null : 'no line end';
    parts = [];
    kept = 0;
    tooLong = false;
    number += 1;
    return { text: text.endsWith('\r') ? text.slice(0, -1) : text, number, cut };
  };

  return {
    push: (chunk) => {
      const pieces = Buffer.from(chunk.buffer, chunk.byteOffset, chunk.byteLength).toString('latin1').split('\n');
      const last = pieces.pop() ?? '';
      const lines = pieces.map((piece) => {
        add(piece);
        return take(true);
      });
      add(last);
      return lines;
    },
    end: () => (kept === 0 ? [] : [take(false)]),
  };
};
