import type { core } from 'zod';
import { acceptableBlindSpots } from '../../model/blind-spot.js';
import type { ErrorCode } from '../../model/error.js';
import { findingLevels } from '../../model/finding.js';
import { PORTS_ALLOWED } from '../ports.js';
import type { Said } from '../schema/builders.js';
import { closest } from './closest.js';
import type { Mistakes } from './mistakes.js';
import { type Placed, placeAt } from './placed.js';

/** What messages call a mapping, and which keys to offer there. */
export type Context = {
  readonly what: string;
  readonly keys: readonly string[];
  /** Keys that belong elsewhere: what is said of one. */
  readonly elsewhere?: ((key: string) => string | null) | undefined;
};

/** Notes each of zod's issues as a mistake, in our words and at its place. `root` is the value that was checked. */
export const noteIssues = (issues: readonly core.$ZodIssue[], root: Placed, context: Context, mistakes: Mistakes): void => {
  const hasUnknown = issues.some((issue) => issue.code === 'unrecognized_keys' && issue.keys.some((key) => !context.elsewhere?.(key)));
  for (const issue of issues.flatMap(withoutUnions(root))) {
    if (issue.code === 'unrecognized_keys')
      for (const key of issue.keys.slice(0, mostKeys)) noteKey(key, issue.path, { root, context, mistakes });
    else {
      const said = saidOf(issue, root, context);
      // With a key that is not known, the one that is missing may be meant.
      if (!(hasUnknown && isMissing(issue, root))) note(said, issue.path, root, mistakes);
    }
  }
};

/** More of them say nothing new. */
const mostKeys = 100;

type Means = { readonly root: Placed; readonly context: Context; readonly mistakes: Mistakes };

const note = ({ on, code, found, allowed, fix }: Said, path: readonly PropertyKey[], root: Placed, mistakes: Mistakes): void => {
  const placed = placeAt(root, path);
  mistakes.add(on === 'key' ? (placed.keyAt ?? placed.at) : placed.at, code, { found, ...(allowed && { allowed }), ...(fix && { fix }) });
};

const noteKey = (key: string, path: readonly PropertyKey[], { root, context, mistakes }: Means): void => {
  const mapping = placeAt(root, path);
  const keys = path.length === 0 ? context.keys : Object.keys(findingLevels);
  const at = mapping.inside.get(key)?.keyAt ?? mapping.at;
  const misplaced = path.length === 0 ? (context.elsewhere?.(key) ?? null) : null;
  const near = misplaced === null ? closest(key, keys) : null;
  mistakes.add(at, 'ALLOWLIST_KEY', {
    found: misplaced ?? `unknown key ${shownValue(key)} in ${path.length === 0 ? context.what : String(path.at(-1))}`,
    allowed: keys.join(', '),
    ...(near !== null && { fix: `did you mean ${near}?` }),
  });
};

/** Of a value that may be one or a list, only what is wrong with the one that was meant. */
const withoutUnions =
  (root: Placed) =>
  (issue: core.$ZodIssue): readonly core.$ZodIssue[] => {
    const ofList = issue.code === 'invalid_union' && Array.isArray(valueAt(root, issue.path)) ? issue.errors.at(-1) : undefined;
    const inside = ofList?.map((inner) => ({ ...inner, path: [...issue.path, ...inner.path] }) as core.$ZodIssue);
    return inside?.flatMap(withoutUnions(root)) ?? [issue];
  };

/** Whether it says that something is not there. */
const isMissing = (issue: core.$ZodIssue, root: Placed): boolean =>
  issue.code === 'custom' ? issue.path.length === 0 : valueAt(root, issue.path) === undefined;

const saidOf = (issue: core.$ZodIssue, root: Placed, context: Context): Said => {
  const value = valueAt(root, issue.path);
  const key = String(issue.path.findLast((part) => typeof part === 'string') ?? '');
  const own = issue.path.length > 0 ? special[key]?.(value, issue) : wholeOf(value, context);
  if (own) return { on: 'value', code: 'ALLOWLIST_VALUE', ...own };
  if (issue.code === 'custom') return issue.params?.said as Said;
  const isItem = typeof issue.path.at(-1) === 'number';
  if (issue.code === 'too_small' && Array.isArray(value))
    return valueError({ found: `${key} is an empty list`, allowed: 'one item or more' });
  const { allowed, near } = allowedBy(issue, value);
  return valueError({ found: `${key} ${isItem ? 'has' : 'is'} ${shownValue(value)}`, allowed, fix: near ?? quotesFor(value, allowed) });
};

type Words = { readonly found: string; readonly allowed: string; readonly fix?: string | undefined; readonly code?: ErrorCode };

const valueError = (words: Words): Said => ({ on: 'value', code: 'ALLOWLIST_VALUE', ...words });

const wholeOf = (value: unknown, { what, keys }: Context): Words | null => {
  if (typeof value === 'object' && value !== null && !Array.isArray(value)) return null;
  return { found: value === null ? `${what} is empty` : `${what} is not a mapping`, allowed: `the keys ${keys.join(', ')}` };
};

const portWords = (value: unknown, issue: core.$ZodIssue): Words | null => {
  if (issue.code === 'custom') return null;
  const found = Array.isArray(value) ? 'an empty list of ports' : shownValue(value);
  return { code: 'ALLOWLIST_PORT', found: `port is ${found}`, allowed: PORTS_ALLOWED };
};

const listWords =
  (key: string, items: string) =>
  (value: unknown, issue: core.$ZodIssue): Words | null =>
    issue.path.length > 1 || Array.isArray(value) ? null : { found: `${key} is not a list`, allowed: `a list of ${items}; [] for none` };

/** Keys of which there is more to say than what zod knows; null where there is not. */
const special: Readonly<Record<string, ((value: unknown, issue: core.$ZodIssue) => Words | null) | undefined>> = {
  version: (value) => ({
    code: 'ALLOWLIST_VERSION',
    found:
      value === undefined
        ? 'version is missing'
        : `version is ${typeof value === 'object' ? shownValue(value) : JSON.stringify(value)?.slice(0, 80)}`,
    allowed: '1',
    fix: 'write: version: 1',
  }),
  port: portWords,
  ports: portWords,
  allowlist: listWords('allowlist', 'entries'),
  deny: listWords('deny', 'entries'),
  accept_blind_spots: listWords('accept_blind_spots', acceptableBlindSpots.join(', ')),
  findings: (value) => wholeOf(value, { what: 'findings', keys: Object.keys(findingLevels) }),
  loopback: (value, { path }) => ({
    found: `loopback ${path.length > 1 ? 'has' : 'is'} ${Array.isArray(value) ? 'an empty list' : shownValue(value)}`,
    allowed: 'any, own-servers, or a list of ports',
    fix: nearest(value, ['any', 'own-servers']),
  }),
};

/** What zod would have taken, and the word that is nearest to what it was given. */
const allowedBy = (issue: core.$ZodIssue, value: unknown): { readonly allowed: string; readonly near?: string | undefined } => {
  switch (issue.code) {
    case 'invalid_value': {
      const words = issue.values.map(String);
      return { allowed: words.join(', '), near: nearest(value, words) };
    }
    case 'invalid_type':
      return { allowed: typeTexts[issue.expected] ?? issue.expected };
    case 'invalid_union': {
      const [first] = issue.errors.flat();
      return first ? allowedBy(first, value) : { allowed: 'something else' };
    }
    default:
      return { allowed: 'text' };
  }
};

const typeTexts: Readonly<Record<string, string>> = { string: 'text', boolean: 'true or false', array: 'a list' };

const nearest = (value: unknown, words: readonly string[]): string | undefined => {
  const near = typeof value === 'string' ? closest(value, words) : null;
  return near === null ? undefined : `did you mean ${near}?`;
};

const quotesFor = (value: unknown, allowed: string): string | undefined =>
  typeof value === 'number' && allowed === 'text' ? `put it in quotes: "${value}"` : undefined;

/** undefined where nothing is. */
const valueAt = (root: Placed, path: readonly PropertyKey[]): unknown => {
  let placed: Placed | undefined = root;
  for (const key of path) placed = typeof key === 'symbol' ? undefined : placed?.inside.get(key);
  return placed?.value;
};

/** The value as messages show it, cut where it is long. */
export const shownValue = (value: unknown): string => {
  if (typeof value === 'object' && value !== null) return 'a list or a mapping';
  if (value === null || value === undefined) return 'empty';
  const text = String(value);
  return `'${text.length > 80 ? `${text.slice(0, 80)}…` : text}'`;
};
