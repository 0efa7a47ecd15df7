/** What was made of pieces of text, kept for the next time. */
export type Memo<Value> = {
  /** What is made of the piece from `from` to `to`; null where nothing is. */
  of(text: string, from: number, to: number): Value | null;
};

/** Keeps what `make` returned for at most `most` pieces, and begins anew when there are more; long pieces are not kept. */
export const createMemo = <Value>(make: (piece: string) => Value | null, most: number): Memo<Value> => {
  const known = new Map<string, Value | null>();
  return {
    of: (text, from, to) => {
      const piece = text.slice(from, to);
      const value = known.get(piece);
      if (value !== undefined) return value;
      // A copy: the piece would keep the whole text in memory.
      const copy = Buffer.from(piece, 'latin1').toString('latin1');
      const made = make(copy);
      if (copy.length > longest) return made;
      if (known.size >= most) known.clear();
      known.set(copy, made);
      return made;
    },
  };
};

const longest = 200;
