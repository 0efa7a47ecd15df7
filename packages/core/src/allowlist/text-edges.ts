/** Items by how texts begin. Finding those of a text takes one look-up for each length that beginnings have. */
export class TextStarts<Item> {
  readonly #items = new Map<string, Item[]>();
  /** From short to long. */
  #lengths: readonly number[] = [];

  add(start: string, item: Item): void {
    addTo(this.#items, start, item);
    if (!this.#lengths.includes(start.length)) this.#lengths = [...this.#lengths, start.length].sort((one, other) => one - other);
  }

  /** Appends to `found` the items, a list for each, of all beginnings of `text`. */
  find(text: string, found: (readonly Item[])[]): void {
    for (const length of this.#lengths) {
      if (length > text.length) return;
      const items = this.#items.get(text.slice(0, length));
      if (items !== undefined) found.push(items);
    }
  }
}

/** Items by how texts end, from one of the marks in them: `.example.com` with the mark `.`. */
export class TextEnds<Item> {
  readonly #mark: string;
  readonly #items = new Map<string, Item[]>();
  /** Those of no item need no look-up. */
  readonly #lengths = new Set<number>();

  constructor(mark: string) {
    this.#mark = mark;
  }

  /** `end` begins with the mark. */
  add(end: string, item: Item): void {
    addTo(this.#items, end, item);
    this.#lengths.add(end.length);
  }

  /** Appends to `found` the items, a list for each, of all ends of `text`. */
  find(text: string, found: (readonly Item[])[]): void {
    if (this.#items.size === 0) return;
    for (let at = text.indexOf(this.#mark); at !== -1; at = text.indexOf(this.#mark, at + 1)) {
      const items = this.#lengths.has(text.length - at) ? this.#items.get(text.slice(at)) : undefined;
      if (items !== undefined) found.push(items);
    }
  }
}

/** Adds the item to the list of its key. */
export const addTo = <Item>(lists: Map<string, Item[]>, key: string, item: Item): void => {
  const list = lists.get(key);
  if (list) list.push(item);
  else lists.set(key, [item]);
};
