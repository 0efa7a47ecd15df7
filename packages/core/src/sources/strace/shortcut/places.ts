import type { Place } from '../../../model/source.js';

/** A place that a piece of text names, with the number of the slot where it is kept. */
export type KnownPlace = { readonly place: Place; readonly slot: number };

type Kept = { readonly text: string; readonly known: KnownPlace | null };

/** Places by the text that names them, as far as they are asked for often. */
export type Places = {
  /** That of `text` from `from` to `to`, whose bytes are `bytes`; null where it names none. */
  of(bytes: Uint8Array, text: string, from: number, to: number): KnownPlace | null;
};

/** Keeps what `make` returned in as many slots as there are; one that is full is written over. */
export const createPlaces = (make: (piece: string) => Place | null): Places => {
  const slots: (Kept | undefined)[] = new Array(slotCount).fill(undefined);

  const keep = (slot: number, bytes: Uint8Array, from: number, to: number): Kept => {
    // A copy: a part of the text would keep all of it in memory.
    const piece = Buffer.from(bytes.buffer, bytes.byteOffset + from, to - from).toString('latin1');
    const place = make(piece);
    const known = { text: piece, known: place && { place, slot } };
    if (piece.length <= longest) slots[slot] = known;
    return known;
  };

  return {
    of: (bytes, text, from, to) => {
      const slot = hashOf(bytes, from, to) & (slotCount - 1);
      const kept = slots[slot];
      const isKnown = kept !== undefined && kept.text.length === to - from && text.startsWith(kept.text, from);
      return isKnown ? kept.known : keep(slot, bytes, from, to).known;
    },
  };
};

/** FNV-1a. */
const hashOf = (bytes: Uint8Array, from: number, to: number): number => {
  let hash = 0x811c9dc5;
  for (let at = from; at < to; at += 1) hash = Math.imul(hash ^ (bytes[at] ?? 0), 0x01000193);
  return hash ^ (hash >>> 15);
};

const slotCount = 1 << 14;
const longest = 200;
