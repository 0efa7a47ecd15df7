import type { Document, Node } from 'yaml';
import { yaml } from '../../libraries/load.js';
import type { Mistakes } from './mistakes.js';

/**
 * A value of a YAML document and where it stands: `at` is the offset of the value, or of its key where nothing is written. Mappings are objects without
 * a prototype.
 */
export type Placed = {
  readonly value: unknown;
  readonly at: number;
  /** What it holds, by key or index; `keyAt` is where the key is. */
  readonly inside: ReadonlyMap<string | number, Placed & { readonly keyAt: number }>;
};

/** The value of a whole document. Keys that are written twice are noted as mistakes; aliases share one value. */
export const placeDocument = (document: Document.Parsed, mistakes: Mistakes): Placed => {
  const { isAlias } = yaml();
  const known = new Map<Node, Placed>();
  const open = new Set<Node>();
  const place = (node: Node | null, fallback: number): Placed => {
    const meant = isAlias(node) ? (node.resolve(document) ?? null) : node;
    const before = meant && known.get(meant);
    if (before) return { ...before, at: offsetOf(node, fallback) };
    const at = offsetOf(node, fallback);
    if (meant && open.has(meant)) return mistakes.fail(at, 'ALLOWLIST_SYNTAX', { found: 'an alias stands for what it is in' });
    if (meant) open.add(meant);
    const placed = placeNode(meant, at, { place, mistakes });
    if (meant) open.delete(meant);
    if (meant) known.set(meant, placed);
    return placed;
  };
  return place(document.contents, 0);
};

/** The value at a path, or the nearest above it that there is. */
export const placeAt = (root: Placed, path: readonly PropertyKey[]): Placed & { readonly keyAt?: number } => {
  let placed: Placed & { readonly keyAt?: number } = root;
  for (const key of path) {
    const next = placed.inside.get(typeof key === 'symbol' ? '' : key);
    if (!next) return placed;
    placed = next;
  }
  return placed;
};

type Means = { readonly place: (node: Node | null, fallback: number) => Placed; readonly mistakes: Mistakes };

const placeNode = (node: Node | null, at: number, { place, mistakes }: Means): Placed => {
  const { isMap, isScalar, isSeq } = yaml();
  const inside = new Map<string | number, Placed & { readonly keyAt: number }>();
  if (isSeq(node)) {
    for (const [index, item] of node.items.entries()) {
      const itemAt = offsetOf(item, at);
      inside.set(index, { ...place(item as Node | null, at), keyAt: itemAt });
    }
    return { value: [...inside.values()].map(({ value }) => value), at, inside };
  }
  if (!isMap(node)) return { value: isScalar(node) ? node.value : null, at, inside };
  const value: Record<string, unknown> = Object.create(null);
  for (const pair of node.items) {
    const keyAt = offsetOf(pair.key, at);
    const name = isScalar(pair.key) ? String(pair.key.value) : 'a list or a mapping';
    if (inside.has(name)) mistakes.add(keyAt, 'ALLOWLIST_KEY', { found: `the key '${name}' is written twice` });
    else inside.set(name, { ...placeValue(pair.value, keyAt, place), keyAt });
  }
  for (const [name, placed] of inside) value[name] = placed.value;
  return { value, at, inside };
};

/** Nothing after the colon is a null scalar with a place of its own, which says little; the key says more. */
const placeValue = (value: unknown, keyAt: number, place: Means['place']): Placed => {
  const { isNode, isScalar } = yaml();
  const node = isNode(value) ? value : null;
  const isNothing = node === null || (isScalar(node) && node.value === null);
  return isNothing ? { value: null, at: keyAt, inside: new Map() } : place(node, keyAt);
};

const offsetOf = (node: unknown, fallback: number): number => (yaml().isNode(node) ? (node.range?.[0] ?? fallback) : fallback);
