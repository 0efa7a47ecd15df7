import { commandText } from '../../model/command.js';
import { placeText } from '../../model/destination.js';
import { originText } from '../../model/origin.js';
import type { AnsweredViolation } from '../../model/session.js';
import { codeFrame } from './code-frame.js';
import type { ResolvedOrigin } from './resolve.js';

/** `codeFrame`: whether the message shows the source around the call; false (default) where the framework does so by the stack. */
export type ViolationErrorOptions = { readonly codeFrame?: boolean | undefined };

type Located = AnsweredViolation & { readonly origin?: ResolvedOrigin | null };
type Group = readonly [Located, ...Located[]];

/** What a test fails with: where it went, which code and process did it, how that is known, and the rule that would allow it. */
export class NetworkViolationError extends Error {
  override readonly name = 'NetworkViolationError';

  constructor(violations: readonly Located[], options: ViolationErrorOptions = {}) {
    super(describe(groupByDestination(violations), options));
    // Of this stack nothing is the user's code; of those where the connections were begun, only that is kept.
    this.stack = [`${this.name}: ${this.message}`, ...stackLines(violations)].join('\n');
  }
}

const describe = (groups: readonly Group[], options: ViolationErrorOptions): string => {
  const head =
    groups.length === 1
      ? 'a connection that the allowlist does not allow'
      : `${groups.length} connections that the allowlist does not allow`;
  return [head, ...groups.flatMap((group) => describeGroup(group, options))].join('\n');
};

/** One group for each host and port that was asked for, or else each address: several attempts of one call are one. */
const groupByDestination = (violations: readonly Located[]): Group[] => {
  const groups = new Map<string, Group>();
  for (const violation of violations) {
    const { family, addr, port, origin } = violation;
    const key = JSON.stringify(origin?.host ? [origin.host, port] : [family, addr, port]);
    const group = groups.get(key);
    groups.set(key, group ? [...group, violation] : [violation]);
  }
  return [...groups.values()];
};

const describeGroup = (group: Group, options: ViolationErrorOptions): string[] => {
  const [{ method, timing }] = group;
  return [
    `  → ${placeOf(group)}`,
    ...siteLines(group, options),
    ...distinct(group.map(({ chain }) => chain.map(({ pid, argv }) => `${argv ? commandText(argv) : 'unknown'} (pid ${pid})`))).flatMap(
      chainLines,
    ),
    `    charged  by ${method}${timing ? `, ${timing}` : ''}`,
    ...distinct(group.flatMap(({ denied }) => denied ?? [])).map((rule) => `    denied   by ${rule}`),
    ...ruleLines(distinct(group.flatMap(({ rule }) => rule ?? []))),
  ];
};

const placeOf = (group: Group): string => {
  const [{ origin, port, host: known }] = group;
  const calls = new Set(group.map((violation) => violation.origin?.call)).size;
  const addresses = distinct(group.map(({ family, addr }) => [family ?? 'unknown family', addr] as const));
  const [[family, addr] = ['unknown family', null]] = addresses;
  const host = origin?.host ?? known ?? null;
  if (addresses.length > 1 && host !== null)
    return `${placeText({ addr: null, port }, host)}, ${addresses.length} attempts: ${addresses.map((parts) => parts.join(' ')).join(', ')}`;
  const times = !origin?.host || calls > 1 ? group.length : 1;
  return `${family} ${placeText({ addr, port }, host)}${times > 1 ? ` (${times} times)` : ''}`;
};

const siteLines = (group: Group, { codeFrame: wanted }: ViolationErrorOptions): string[] => {
  const located = distinctBy(group, ({ origin }) => (origin ? originText(origin) : null));
  return located.slice(0, mostSites).flatMap(({ origin, chain }) => {
    const text = origin ? originText(origin) : null;
    if (!origin || text === null) return [];
    return [`    ${chain.length > 1 ? 'started' : 'called '}  ${text}`, ...(wanted ? frameLines(origin) : [])];
  });
};

const frameLines = ({ frames: [site] }: ResolvedOrigin): string[] =>
  (site ? codeFrame(site.path, site.line, site.column) : null)?.map((line) => `      ${line}`) ?? [];

/** From the process that runs the tests down to the one that made the call. */
const chainLines = (chain: readonly string[]): string[] =>
  chain.map((text, depth) => `    ${depth === 0 ? 'process  ' : `         ${'  '.repeat(depth - 1)}└ `}${text}`);

const ruleLines = (rules: readonly string[]): string[] =>
  rules.length === 0
    ? []
    : [
        '    to allow it, add to netaudit.yaml under allowlist:',
        ...rules.flatMap((rule) => rule.split('\n').map((line) => `      ${line}`)),
      ];

/** The form of V8, which frameworks read: they show the source and a link for the first frame. */
const stackLines = (violations: readonly Located[]): string[] => {
  const [first, ...others] = distinctBy(violations, ({ origin }) => origin?.frames[0] ?? null).flatMap(({ origin }) => origin ?? []);
  const frames = [...(first?.frames.slice(0, mostFrames) ?? []), ...others.flatMap(({ frames: [site] }) => site ?? [])];
  return frames.map(({ function: name, path, line, column }) => {
    const place = `${path}:${line}:${column}`;
    return `    at ${name === null ? place : `${name} (${place})`}`;
  });
};

const distinct = <Item>(items: readonly Item[]): Item[] => distinctBy(items, (item) => item);

const distinctBy = <Item>(items: readonly Item[], keyOf: (item: Item) => unknown): Item[] => {
  const keyed = new Map<string, Item>();
  for (const item of items) {
    const key = JSON.stringify(keyOf(item));
    if (!keyed.has(key)) keyed.set(key, item);
  }
  return [...keyed.values()];
};

const mostSites = 5;
const mostFrames = 10;
