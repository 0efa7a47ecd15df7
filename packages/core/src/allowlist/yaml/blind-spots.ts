import { isSeq, type Node } from 'yaml';
import { type AcceptableBlindSpot, acceptableBlindSpots, isAcceptable } from '../../model/blind-spot.js';
import type { Field } from './fields.js';
import type { Mistakes } from './mistakes.js';
import { type Resolve, scalarOf, shown } from './values.js';

/** The list of blind spots that are accepted; none when it is absent. */
export const readBlindSpots = (field: Field | undefined, resolve: Resolve, mistakes: Mistakes): readonly AcceptableBlindSpot[] => {
  if (!field) return [];
  const list = resolve(field.value);
  if (!isSeq(list)) {
    mistakes.add(field.at, 'ALLOWLIST_VALUE', { found: `${field.name} is not a list`, allowed: `a list of ${names}; [] for none` });
    return [];
  }
  return list.items.flatMap((item) => {
    const node = item as Node | null;
    const value = scalarOf(resolve(node));
    if (isAcceptable(value)) return [value];
    mistakes.add(node?.range?.[0] ?? field.at, 'ALLOWLIST_VALUE', { found: `${field.name} has ${shown(value)}`, allowed: names });
    return [];
  });
};

const names = acceptableBlindSpots.join(', ');
