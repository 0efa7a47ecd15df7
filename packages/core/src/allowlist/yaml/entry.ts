import type { PolicySchema } from '../schema/policy.js';
import { kindOf, kindTexts, type RuleKind } from '../schema/rules.js';
import { type Entry, type MadeRule, makeRule } from './make-rule.js';
import type { Mistakes } from './mistakes.js';
import type { Placed } from './placed.js';
import { noteIssues, shownValue } from './problems.js';

type Kinds = PolicySchema['kinds']['allowlist' | 'deny'];
type Means = { readonly kinds: Kinds; readonly mistakes: Mistakes; readonly list: 'allowlist' | 'deny' };

/** The rule of one entry; null when it has mistakes, which are noted. */
export const readEntry = (placed: Placed, { kinds, mistakes, list }: Means): MadeRule | null => {
  const what = `the ${list} entry`;
  const { value } = placed;
  if (value === null) {
    mistakes.add(placed.at, 'ALLOWLIST_VALUE', { found: `${what} is empty` });
    return null;
  }
  const isMapping = typeof value === 'object' && !Array.isArray(value);
  const kind = isMapping ? kindOf(value) : 'AF_INET';
  if (kind === null) return noteNoKind(placed, { kinds, mistakes, list });
  const parsed = kinds[kind].safeParse(value);
  if (parsed.success) return makeRule(kind, parsed.data as Entry);
  const keys = Object.keys(isMapping ? kinds[kind].shape : allKeys(kinds));
  noteIssues(parsed.error.issues, placed, { what, keys, elsewhere: elsewhere(kind, kinds) }, mistakes);
  return null;
};

/** What is said of a key that other kinds have. */
const elsewhere = (kind: RuleKind, kinds: Kinds) => {
  const all = allKeys(kinds);
  return (key: string): string | null => (Object.hasOwn(all, key) ? `the key '${key}' does not belong to ${kindTexts[kind]}` : null);
};

const noteNoKind = ({ value, at, inside }: Placed, { kinds, mistakes, list }: Means): null => {
  const known = allKeys(kinds);
  const unknown = Object.keys(value as object).filter((key) => !Object.hasOwn(known, key));
  const family = inside.get('family');
  const issue = { code: 'unrecognized_keys' as const, keys: unknown, path: [], message: '' };
  if (unknown.length > 0) {
    noteIssues([issue], { value, at, inside }, { what: `the ${list} entry`, keys: Object.keys(known) }, mistakes);
    if (!family) return null;
  }
  const found = family ? `Unknown family in ${list} entry: ${shownValue(family.value)}` : `family is missing in the ${list} entry`;
  mistakes.add(family?.at ?? at, 'ALLOWLIST_FAMILY', { found, allowed: family ? FAMILIES : `${FAMILIES}; or a host, or a preset` });
  return null;
};

/** The keys of all kinds, those first that most have. */
const allKeys = (kinds: Kinds): object => Object.assign({}, ...Object.values(kinds).map(({ shape }) => shape));

const FAMILIES = 'AF_INET, AF_INET6, AF_UNIX, AF_NETLINK';
