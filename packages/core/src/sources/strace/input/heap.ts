/** A binary heap: `pop` gives the smallest item. */
export type Heap<Item> = { push(item: Item): void; pop(): Item | undefined; peek(): Item | undefined };

/** Returns an empty heap ordered by `compare`. */
export const createHeap = <Item>(compare: (a: Item, b: Item) => number): Heap<Item> => {
  const items: Item[] = [];
  const isBefore = (a: number, b: number): boolean => compare(items[a] as Item, items[b] as Item) < 0;
  const swap = (a: number, b: number): void => {
    const item = items[a] as Item;
    items[a] = items[b] as Item;
    items[b] = item;
  };
  const sink = (from: number): void => {
    for (let at = from, child = 2 * at + 1; child < items.length; at = child, child = 2 * at + 1) {
      if (child + 1 < items.length && isBefore(child + 1, child)) child += 1;
      if (!isBefore(child, at)) return;
      swap(at, child);
    }
  };
  return {
    push: (item) => {
      items.push(item);
      for (let at = items.length - 1; at > 0; ) {
        const parent = (at - 1) >> 1;
        if (!isBefore(at, parent)) return;
        swap(at, parent);
        at = parent;
      }
    },
    pop: () => {
      const first = items[0];
      const last = items.pop();
      if (items.length > 0) {
        items[0] = last as Item;
        sink(0);
      }
      return first;
    },
    peek: () => items[0],
  };
};
