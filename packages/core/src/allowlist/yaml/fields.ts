import { isMap, isNode, isScalar, type Node } from 'yaml';
import { closest } from './closest.js';
import type { Mistakes } from './mistakes.js';
import { type Resolve, shown } from './values.js';

/** One key of a mapping. `at` is where its value is, or the key where nothing is written. */
export type Field = { readonly name: string; readonly keyAt: number; readonly at: number; readonly value: Node | null };

/** `isWhole` is false when keys were left out: then nothing should be said to be missing. */
export type Fields = { readonly byName: ReadonlyMap<string, Field>; readonly isWhole: boolean };

export type FieldsOptions = {
  readonly resolve: Resolve;
  readonly mistakes: Mistakes;
  /** How messages call the mapping. */
  readonly what: string;
  readonly known: readonly string[];
  /** Keys that are let through and not offered. */
  readonly also?: readonly string[];
};

/** The fields of a mapping by name; unknown and duplicate keys are noted as mistakes and left out. */
export const readFields = (node: Node, { resolve, mistakes, what, known, also = [] }: FieldsOptions): Fields => {
  const byName = new Map<string, Field>();
  const map = resolve(node);
  const start = offsetOf(node, 0);
  if (!isMap(map)) {
    mistakes.add(start, 'ALLOWLIST_VALUE', { found: `${what} is not a mapping`, allowed: `the keys ${known.join(', ')}` });
    return { byName, isWhole: false };
  }
  let isWhole = true;
  for (const { key, value } of map.items) {
    const field = fieldOf(key, value, start);
    const isKnown = [...known, ...also].includes(field.name);
    isWhole &&= isKnown;
    if (!isKnown) mistakes.add(field.keyAt, 'ALLOWLIST_KEY', unknownKey(field.name, what, known));
    else if (byName.has(field.name)) mistakes.add(field.keyAt, 'ALLOWLIST_KEY', { found: `the key '${field.name}' is written twice` });
    else byName.set(field.name, field);
  }
  return { byName, isWhole };
};

const fieldOf = (key: unknown, value: unknown, fallback: number): Field => {
  const keyAt = isNode(key) ? offsetOf(key, fallback) : fallback;
  const node = isNode(value) ? value : null;
  return { name: isScalar(key) ? String(key.value) : 'a list or a mapping', keyAt, at: valueOffset(node, keyAt), value: node };
};

/** Nothing after the colon is a null scalar with a place of its own, which says little; the key says more. */
const valueOffset = (node: Node | null, keyAt: number): number =>
  node === null || (isScalar(node) && node.value === null) ? keyAt : offsetOf(node, keyAt);

const offsetOf = (node: Node, fallback: number): number => node.range?.[0] ?? fallback;

const unknownKey = (name: string, what: string, known: readonly string[]) => {
  const near = closest(name, known);
  return {
    found: `unknown key ${shown(name)} in ${what}`,
    allowed: known.join(', '),
    ...(near !== null && { fix: `did you mean ${near}?` }),
  };
};
