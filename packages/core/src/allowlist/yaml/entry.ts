import type { Node } from 'yaml';
import { escapePattern } from '../fnmatch.js';
import { IPv4Rule, IPv6Rule, NetlinkRule, type Rule, UnixSocketRule } from '../rule.js';
import { type Field, type Fields, readFields } from './fields.js';
import type { Mistakes } from './mistakes.js';
import { portsIn, type Resolve, scalarOf, shown, textIn } from './values.js';

type Context = { readonly resolve: Resolve; readonly mistakes: Mistakes };
type Reading = Context & { readonly fields: Fields; readonly at: number; readonly name: string | undefined };
type Kind = { readonly keys: readonly string[]; read(entry: Reading): Rule | null };

/** The rule of one entry; null when it has mistakes, which are noted. */
export const readEntry = (item: unknown, listAt: number, context: Context): Rule | null => {
  const node = item as Node | null;
  const at = node?.range?.[0] ?? listAt;
  if (node === null) {
    context.mistakes.add(at, 'ALLOWLIST_VALUE', { found: 'the allowlist entry is empty' });
    return null;
  }
  const fields = readFields(node, { ...context, what: 'the allowlist entry', known: KEYS, also: FUTURE_KEYS });
  const family = fields.byName.get('family');
  const kind = family || fields.isWhole ? kindOf(family, at, context) : null;
  const name = textIn(fields.byName.get('name'), context.resolve, context.mistakes) ?? undefined;
  textIn(fields.byName.get('reason'), context.resolve, context.mistakes);
  for (const field of fields.byName.values()) checkKey(field, kind, context.mistakes);
  return kind?.rule.read({ ...context, fields, at, name }) ?? null;
};

const kindOf = (field: Field | undefined, entryAt: number, { resolve, mistakes }: Context): { family: string; rule: Kind } | null => {
  const family = field && scalarOf(resolve(field.value));
  if (typeof family === 'string' && isFamily(family)) return { family, rule: kinds[family] };
  const found = field ? `Unknown family in allowlist entry: ${shown(family)}` : 'family is missing in the allowlist entry';
  mistakes.add(field?.at ?? entryAt, 'ALLOWLIST_FAMILY', { found, allowed: Object.keys(kinds).join(', ') });
  return null;
};

const checkKey = ({ name, keyAt }: Field, kind: { family: string; rule: Kind } | null, mistakes: Mistakes): void => {
  if (FUTURE_KEYS.includes(name)) {
    mistakes.add(keyAt, 'ALLOWLIST_UNSUPPORTED', { found: `the key '${name}' is not supported by this version yet`, fix: 'remove it' });
  } else if (kind && !COMMON_KEYS.includes(name) && !kind.rule.keys.includes(name)) {
    const allowed = [...COMMON_KEYS, ...kind.rule.keys].join(', ');
    mistakes.add(keyAt, 'ALLOWLIST_KEY', { found: `the key '${name}' does not belong to ${kind.family}`, allowed });
  }
};

/** The one of two fields that is written; null, and a mistake, when both or neither are. */
const eitherOf = (first: string, second: string, { fields, at, mistakes }: Reading): Field | null => {
  const [one, other] = [fields.byName.get(first), fields.byName.get(second)];
  if (one && other)
    mistakes.add(other.keyAt, 'ALLOWLIST_KEY', { found: `both ${first} and ${second} are written`, allowed: 'one of them' });
  else if (one || other) return one ?? other ?? null;
  else if (fields.isWhole)
    mistakes.add(at, 'ALLOWLIST_KEY', { found: `neither ${first} nor ${second} is written`, allowed: 'one of them' });
  return null;
};

const ipKind = (make: typeof makeIPv4 | typeof makeIPv6): Kind => ({
  keys: ['addr', 'cidr', 'port'],
  read(entry) {
    const { fields, resolve, mistakes, name } = entry;
    const field = eitherOf('addr', 'cidr', entry);
    const port = portsIn(fields.byName.get('port'), resolve, mistakes);
    const text = textIn(field ?? undefined, resolve, mistakes);
    if (field === null || text === null || (Array.isArray(port) && port.length === 0)) return null;
    if (field.name === 'cidr' || !text.includes('/')) return mistakes.attempt(field.at, () => make(text, { name, port }));
    mistakes.add(field.at, 'ALLOWLIST_ADDRESS', { found: `addr is ${shown(text)}, which is a CIDR`, fix: `write cidr: ${text}` });
    return null;
  },
});

const makeIPv4 = (...given: ConstructorParameters<typeof IPv4Rule>): Rule => new IPv4Rule(...given);
const makeIPv6 = (...given: ConstructorParameters<typeof IPv6Rule>): Rule => new IPv6Rule(...given);

const unixKind: Kind = {
  keys: ['path_glob', 'path_prefix'],
  read(entry) {
    const field = eitherOf('path_glob', 'path_prefix', entry);
    const text = textIn(field ?? undefined, entry.resolve, entry.mistakes);
    if (field === null || text === null) return null;
    return new UnixSocketRule(field.name === 'path_prefix' ? `${escapePattern(text)}*` : text, { name: entry.name });
  },
};

const kinds = {
  AF_INET: ipKind(makeIPv4),
  AF_INET6: ipKind(makeIPv6),
  AF_UNIX: unixKind,
  AF_NETLINK: { keys: [], read: ({ name }) => new NetlinkRule({ name }) },
} satisfies Record<string, Kind>;

const isFamily = (family: string): family is keyof typeof kinds => Object.hasOwn(kinds, family);

const COMMON_KEYS: readonly string[] = ['name', 'family', 'reason'];
const FUTURE_KEYS: readonly string[] = ['host', 'tests', 'expires'];
const KEYS = [...COMMON_KEYS, ...new Set(Object.values(kinds).flatMap(({ keys }) => keys))];
