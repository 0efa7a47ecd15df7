import { NetauditError } from '../../model/error.js';
import { parseCidr } from '../cidr.js';
import { scopeWords } from '../conditions.js';
import { compileGlob } from '../glob.js';
import { parseHost } from '../host.js';
import { presetNames, presets } from '../presets.js';
import { checked, notBoth, oneOrMore, ports, someOf, text, word, type Z } from './builders.js';

/** The kinds of rules, by what tells them apart: their family, or that they name a host or a preset. */
export const ruleKinds = (z: Z, effect: 'allow' | 'deny') => {
  const common = commonKeys(z, effect);
  return {
    AF_INET: ipKind(z, common, 'AF_INET'),
    AF_INET6: ipKind(z, common, 'AF_INET6'),
    AF_UNIX: unixKind(z, common),
    AF_NETLINK: z.strictObject({ ...common.first, family: family(z, 'AF_NETLINK'), ...common.last }),
    host: hostKind(z, common),
    preset: z.strictObject({ ...common.first, preset: presetKey(z), ...common.last }),
  };
};

export type RuleKind = keyof ReturnType<typeof ruleKinds>;

/** How messages name the kinds. */
export const kindTexts: Readonly<Record<RuleKind, string>> = {
  AF_INET: 'AF_INET',
  AF_INET6: 'AF_INET6',
  AF_UNIX: 'AF_UNIX',
  AF_NETLINK: 'AF_NETLINK',
  host: 'a rule without a family',
  preset: 'a preset',
};

/** The kind of an entry, null where it has nothing that tells. */
export const kindOf = (entry: object): RuleKind | null => {
  const { family, ...others } = entry as { readonly family?: unknown };
  if ('preset' in others) return 'preset';
  if (family === undefined) return 'host' in others ? 'host' : null;
  return typeof family === 'string' && Object.hasOwn(kindTexts, family) && family.startsWith('AF_') ? (family as RuleKind) : null;
};

type Common = ReturnType<typeof commonKeys>;

const commonKeys = (z: Z, effect: 'allow' | 'deny') => ({
  first: {
    name: text(z, 'How reports name the rule.').optional(),
    reason: text(z, 'Why it is there, for readers.').optional(),
  },
  last: {
    tests: globs(
      z,
      'Tests that it is for: patterns of their files (`**` crosses folders) or of their full names (`suite > test`).',
    ).optional(),
    process: globs(z, 'Programs or scripts that it is for: patterns of their names, or of their paths.').optional(),
    scope: oneOrMore(
      z,
      word(z, scopeWords, 'A part of the run.'),
      'Parts of the run that it is for: tests, hooks, the loading of test files, and set-up, which is all else.',
    ).optional(),
    expires: checked(text(z, 'The last day on which it holds, in UTC.', { pattern: DAY }), checkDay).optional(),
    ...(effect === 'allow' && {
      level: word(z, ['allow', 'warn'], 'With `warn`, what it allows is told as the finding `warned`.').optional(),
    }),
  },
});

const ipKind = (z: Z, { first, last }: Common, name: 'AF_INET' | 'AF_INET6') => {
  const version = name === 'AF_INET' ? 4 : 6;
  const { address, block } = patterns[name];
  const shape = {
    ...first,
    family: family(z, name),
    addr: checked(text(z, 'One address.', { pattern: address }), (value) => checkAddress(value, version)).optional(),
    cidr: checked(text(z, 'A block of addresses.', { pattern: block }), (value) => void parseCidr(value, version)).optional(),
    ...whereKeys(z),
    ...last,
  };
  const one = notBoth(notBoth(z.strictObject(shape), 'addr', 'cidr'), 'port', 'ports');
  return someOf(one, ['addr', 'cidr', 'host']).meta({
    allOf: [...onlyOne('addr', 'cidr'), ...onlyOne('port', 'ports')],
    anyOf: required('addr', 'cidr', 'host'),
  });
};

const hostKind = (z: Z, { first, last }: Common) =>
  notBoth(z.strictObject({ ...first, ...whereKeys(z), ...last }), 'port', 'ports').meta({
    required: ['host'],
    allOf: onlyOne('port', 'ports'),
  });

const unixKind = (z: Z, { first, last }: Common) => {
  const shape = {
    ...first,
    family: family(z, 'AF_UNIX'),
    path_glob: text(z, 'A pattern of paths; `*` also matches `/`. Abstract names begin with `@`.').optional(),
    path_prefix: text(z, 'What a path begins with.').optional(),
    ...last,
  };
  const one = someOf(notBoth(z.strictObject(shape), 'path_glob', 'path_prefix'), ['path_glob', 'path_prefix']);
  return one.meta({ oneOf: required('path_glob', 'path_prefix') });
};

const family = <Name extends string>(z: Z, name: Name) => z.literal(name).meta({ description: 'The family of addresses.' });

const whereKeys = (z: Z) => ({
  host: oneOrMore(
    z,
    checked(z.string().meta({ pattern: HOST }), (value) => void parseHost(value)),
    'Names that the process was told the address by; `*.example.com` is every name below example.com.',
  ).optional(),
  port: ports(z, 'A port, a range, or a list of these; without it, every port.').optional(),
  ports: ports(z, 'The same as `port`.').optional(),
  transport: word(z, ['tcp', 'udp'], 'The protocol; without it, both.').optional(),
});

const presetKey = (z: Z) =>
  word(z, presetNames, `Rules that many projects need. ${presetNames.map((name) => `\`${name}\`: ${presets[name].about}`).join('. ')}.`);

const globs = (z: Z, description: string) =>
  oneOrMore(
    z,
    checked(text(z, 'A pattern.'), (value) => void compileGlob(value)),
    description,
  );

/** `addr` is one address. */
const checkAddress = (value: string, version: 4 | 6): void => {
  if (value.includes('/')) {
    throw new NetauditError('ALLOWLIST_ADDRESS', {
      found: `addr is '${value.slice(0, 80)}', which is a CIDR`,
      fix: `write cidr: ${value.slice(0, 80)}`,
    });
  }
  parseCidr(value, version);
};

const checkDay = (value: string): void => {
  const time = new RegExp(DAY).test(value) ? Date.parse(`${value}T00:00:00Z`) : Number.NaN;
  if (!Number.isNaN(time) && new Date(time).toISOString().startsWith(value)) return;
  throw new NetauditError('ALLOWLIST_VALUE', { found: `expires is '${value.slice(0, 80)}'`, allowed: 'a day such as 2027-03-01' });
};

const required = (...keys: readonly string[]) => keys.map((key) => ({ required: [key] }));

const onlyOne = (...keys: readonly string[]) => [{ not: { required: keys } }];

const DAY = '^[0-9]{4}-(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])$';
const HOST = '^(\\*\\.)?[^*/:\\s]+$';
const BYTE = '(25[0-5]|2[0-4][0-9]|1[0-9]{2}|[1-9]?[0-9])';
const patterns = {
  AF_INET: { address: `^(${BYTE}(\\.|$)){4}$`, block: `^(${BYTE}(\\.|(?=/|$))){4}(/(3[0-2]|[12]?[0-9]))?$` },
  AF_INET6: { address: '^[0-9a-fA-F:.]*:[0-9a-fA-F:.]*$', block: '^[0-9a-fA-F:.]*:[0-9a-fA-F:.]*(/(12[0-8]|1[01][0-9]|[1-9]?[0-9]))?$' },
};
