import { isScalar, isSeq, type Node } from 'yaml';
import { PORTS_ALLOWED, type PortSpec, parsePorts } from '../ports.js';
import type { Field } from './fields.js';
import type { Mistakes } from './mistakes.js';

/** The node itself, or what an alias stands for. */
export type Resolve = (node: Node | null) => Node | null;

/** The field's boolean; null when it is absent or no boolean, the latter noted as a mistake. */
export const booleanIn = (field: Field | undefined, resolve: Resolve, mistakes: Mistakes): boolean | null => {
  const value = field && scalarOf(resolve(field.value));
  if (!field) return null;
  if (typeof value === 'boolean') return value;
  mistakes.add(field.at, 'ALLOWLIST_VALUE', { found: `${field.name} is ${shown(value)}`, allowed: 'true or false' });
  return null;
};

/** The field's text; null when it is absent or no text, the latter noted as a mistake. */
export const textIn = (field: Field | undefined, resolve: Resolve, mistakes: Mistakes): string | null => {
  const value = field && scalarOf(resolve(field.value));
  if (!field) return null;
  if (typeof value === 'string' && value !== '') return value;
  const fix = typeof value === 'number' ? `put it in quotes: "${value}"` : undefined;
  mistakes.add(field.at, 'ALLOWLIST_VALUE', { found: `${field.name} is ${shown(value)}`, allowed: 'text', ...(fix && { fix }) });
  return null;
};

/** The field's ports; undefined when it is absent. Each item of a list has a position of its own. */
export const portsIn = (field: Field | undefined, resolve: Resolve, mistakes: Mistakes): PortSpec | undefined => {
  const node = field && resolve(field.value);
  if (!field) return undefined;
  const items = isSeq(node) ? node.items : [field.value];
  if (isSeq(node) && items.length === 0) mistakes.attempt(field.at, () => parsePorts([]));
  return items.flatMap((item) => portItem(item as Node | null, field.at, resolve, mistakes) ?? []);
};

const portItem = (item: Node | null, fallback: number, resolve: Resolve, mistakes: Mistakes): number | string | null => {
  const value = scalarOf(resolve(item));
  const at = item?.range?.[0] ?? fallback;
  if (typeof value === 'number' || typeof value === 'string') return mistakes.attempt(at, () => parsePorts(value) && value);
  mistakes.add(at, 'ALLOWLIST_PORT', { found: `port is ${shown(value)}`, allowed: PORTS_ALLOWED });
  return null;
};

/** The value as messages show it, cut where it is long. */
export const shown = (value: unknown): string => {
  if (value === undefined) return 'a list or a mapping';
  if (value === null) return 'empty';
  const text = String(value);
  return `'${text.length > 80 ? `${text.slice(0, 80)}…` : text}'`;
};

/** The scalar's value; undefined for a list or a mapping, null where nothing is written. */
export const scalarOf = (node: Node | null): unknown => (node === null ? null : isScalar(node) ? node.value : undefined);
