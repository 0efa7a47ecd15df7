import { createHash } from 'node:crypto';
import type { AllowList } from './allowlist.js';
import { describePolicy } from './print.js';

/** SHA-256, in hexadecimal, of canonicalPolicy in UTF-8: the same for policies that come to the same, however many files they are in. */
export const policyHash = (allowlist: AllowList): string => createHash('sha256').update(canonicalPolicy(allowlist)).digest('hex');

/**
 * The effective policy as one line of JSON, with the keys of each object sorted: `settings` by name, and `rules` in the order in which they are tried, each
 * with its effect, name, entry as it is written in the file, and what it comes to. Files, places and comments are not part of it.
 */
const canonicalPolicy = (allowlist: AllowList): string => {
  const { settings, rules } = describePolicy(allowlist);
  const values = Object.fromEntries(Object.entries(settings).map(([name, { value }]) => [name, value]));
  return JSON.stringify(sorted({ settings: values, rules: rules.map(({ effect, name, text, entry }) => ({ effect, name, text, entry })) }));
};

const sorted = (value: unknown): unknown => {
  if (Array.isArray(value)) return value.map(sorted);
  if (typeof value !== 'object' || value === null || value instanceof Date) return value;
  const entries = Object.entries(value).toSorted(([one], [other]) => (one < other ? -1 : 1));
  return Object.fromEntries(entries.map(([key, part]) => [key, sorted(part)]));
};
