/** Lets the entries go that were added first, until there are no more than `most`. To count as new, an entry is deleted before it is set again. */
export const forgetOldest = <Key>(items: Map<Key, unknown> | Set<Key>, most: number): void => {
  for (const key of items.keys()) {
    if (items.size <= most) return;
    items.delete(key);
  }
};
