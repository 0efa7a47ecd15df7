import type { AddressWords } from './address-words.js';

type Branch<Item> = { readonly items: Item[]; readonly below: [Branch<Item> | null, Branch<Item> | null] };

/** Items by the leading bits of addresses. Finding those of an address takes as many steps as it has bits, however many items there are. */
export class PrefixTree<Item> {
  readonly #root: Branch<Item> = newBranch();

  /** Adds an item for the addresses whose first `length` bits are those of `words`. */
  add(words: AddressWords, length: number, item: Item): void {
    let branch = this.#root;
    for (let bit = 0; bit < length; bit += 1) {
      const side = bitOf(words, bit);
      branch = branch.below[side] ??= newBranch();
    }
    branch.items.push(item);
  }

  /** Appends to `found` the items of all blocks that hold the block with these leading bits, the widest first. */
  find(words: AddressWords, found: Item[], length: number = words.length * 32): void {
    let branch: Branch<Item> | null = this.#root;
    for (let bit = 0; branch; bit += 1) {
      for (const item of branch.items) found.push(item);
      if (bit >= length) return;
      branch = branch.below[bitOf(words, bit)];
    }
  }
}

const newBranch = <Item>(): Branch<Item> => ({ items: [], below: [null, null] });

const bitOf = (words: AddressWords, bit: number): 0 | 1 => (((words[bit >>> 5] ?? 0) >>> (31 - (bit & 31))) & 1) as 0 | 1;

/** Whether the first `length` bits of an address are those of `block`. */
export const startsWith = (words: AddressWords, block: AddressWords, length: number): boolean => {
  if (words.length !== block.length) return false;
  for (let index = 0; index * 32 < length; index += 1) {
    const bits = Math.min(32, length - index * 32);
    if ((words[index] ?? 0) >>> (32 - bits) !== (block[index] ?? 0) >>> (32 - bits)) return false;
  }
  return true;
};
