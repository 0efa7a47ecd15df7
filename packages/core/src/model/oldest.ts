/**
 * Lets the entries go that were added first, until there are no more than `most`, whenever there are an eighth more than that: a collection steps over each
 * place from which one was deleted, so one at a time would take longer with each. To count as new, an entry is deleted before it is set again.
 */
export const forgetOldest = <Key>(items: Map<Key, unknown> | Set<Key>, most: number): void => {
  if (items.size <= most + (most >> 3)) return;
  for (const key of items.keys()) {
    if (items.size <= most) return;
    items.delete(key);
  }
};
