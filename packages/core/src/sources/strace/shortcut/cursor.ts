/** The places of one piece of text, looked for from the left to the right: each part of the text is searched once. */
export type Cursor = {
  begin(text: string): void;
  /** The first place that is not before `at`, which never goes back; infinite when there is none. */
  from(at: number): number;
};

/** Returns a cursor for a piece of one or two characters, the first of which is rare: that is searched at the speed of memory. */
export const createCursor = (piece: string): Cursor => {
  let whole = '';
  let next = 0;
  return {
    begin: (text) => {
      whole = text;
      next = -1;
    },
    from: (at) => {
      if (next >= at) return next;
      const found = whole.indexOf(piece, at);
      next = found === -1 ? Number.POSITIVE_INFINITY : found;
      return next;
    },
  };
};
