import type { AddressWords } from './address-words.js';

type Block<Item> = { readonly words: AddressWords; readonly length: number; readonly items: Item[] };

/**
 * Items by the leading bits of addresses. Bits in which no two blocks differ are stepped over, so that finding those of an address takes some steps more
 * than the blocks that hold it, however many items there are. Numbers in few arrays stay in the processor's cache, objects would not.
 */
export class PrefixTree<Item> {
  /** Of each branch: how many bits all below it share. */
  readonly #lengths: number[] = [];
  /** The branches below, by the bit that comes next; −1 for none. */
  readonly #zero: number[] = [];
  readonly #one: number[] = [];
  /** Without items where two blocks part that neither holds. */
  readonly #blocks: Block<Item>[] = [];
  #root = none;

  /** Adds an item for the addresses whose first `length` bits are those of `words`. */
  add(words: AddressWords, length: number, item: Item): void {
    this.#root = this.#withItem(this.#root, words, length, item);
  }

  /** Appends to `found` the items, a list for each, of all blocks that hold the block with these leading bits, the widest first. */
  find(words: AddressWords, found: (readonly Item[])[], length: number = words.length * 32): void {
    let branch = this.#root;
    while (branch !== none) {
      const shared = this.#lengths[branch] ?? 0;
      if (shared > length) return;
      const block = this.#blocks[branch];
      if (block && block.items.length > 0) {
        if (!startsWith(words, block.words, shared)) return;
        found.push(block.items);
      }
      if (shared === length) return;
      branch = (bitOf(words, shared) ? this.#one : this.#zero)[branch] ?? none;
    }
  }

  /** The branch that stands where `branch` stood. */
  #withItem(branch: number, words: AddressWords, length: number, item: Item): number {
    const block = this.#blocks[branch];
    if (block === undefined) return this.#branch({ words, length, items: [item] });
    const shared = sharedBits(block.words, words, Math.min(block.length, length));
    if (shared < block.length) {
      const above = this.#branch({ words, length: shared, items: [] });
      (bitOf(block.words, shared) ? this.#one : this.#zero)[above] = branch;
      return this.#withItem(above, words, length, item);
    }
    if (length === shared) block.items.push(item);
    else {
      const side = bitOf(words, shared) ? this.#one : this.#zero;
      side[branch] = this.#withItem(side[branch] ?? none, words, length, item);
    }
    return branch;
  }

  #branch(block: Block<Item>): number {
    this.#lengths.push(block.length);
    this.#zero.push(none);
    this.#one.push(none);
    return this.#blocks.push(block) - 1;
  }
}

const none = -1;

const bitOf = (words: AddressWords, bit: number): number => ((words[bit >>> 5] ?? 0) >>> (31 - (bit & 31))) & 1;

/** How many of the first `most` bits are alike, up to the first that differs. */
const sharedBits = (one: AddressWords, other: AddressWords, most: number): number => {
  for (let index = 0; index * 32 < most; index += 1) {
    const differing = (one[index] ?? 0) ^ (other[index] ?? 0);
    if (differing !== 0) return Math.min(most, index * 32 + Math.clz32(differing));
  }
  return most;
};

/** Whether the first `length` bits of an address are those of `block`. */
export const startsWith = (words: AddressWords, block: AddressWords, length: number): boolean =>
  words.length === block.length && sharedBits(words, block, length) === length;
