import type { Conditions, ScopeWord } from '../conditions.js';
import { escapePattern } from '../fnmatch.js';
import { hostText, parseHost } from '../host.js';
import { PolicyRule, type RuleLevel, type Target } from '../policy-rule.js';
import { type PortSpec, parsePorts, portsText } from '../ports.js';
import { type PresetName, presets } from '../presets.js';
import { IPv4Rule, IPv6Rule, NetlinkRule, type Rule, UnixSocketRule } from '../rule.js';
import type { RuleKind } from '../schema/rules.js';

/** A rule, and why it is there. */
export type MadeRule = { readonly rule: Rule; readonly reason: string | null };

/** All keys that an entry of any kind may have; the schema says which belong together. */
export type Entry = {
  readonly name?: string | undefined;
  readonly reason?: string | undefined;
  readonly addr?: string | undefined;
  readonly cidr?: string | undefined;
  readonly host?: string | readonly string[] | undefined;
  readonly port?: PortSpec | undefined;
  readonly ports?: PortSpec | undefined;
  readonly transport?: 'tcp' | 'udp' | undefined;
  readonly path_glob?: string | undefined;
  readonly path_prefix?: string | undefined;
  readonly preset?: PresetName | undefined;
  readonly tests?: string | readonly string[] | undefined;
  readonly process?: string | readonly string[] | undefined;
  readonly scope?: ScopeWord | readonly ScopeWord[] | undefined;
  readonly expires?: string | undefined;
  readonly level?: RuleLevel | undefined;
};

/** The rule of an entry that the schema took. One of the original's kinds where it has nothing but their keys. */
export const makeRule = (kind: RuleKind, entry: Entry): MadeRule => {
  const { name, reason, level } = entry;
  const conditions = conditionsOf(entry);
  const targets = targetsOf(kind, entry);
  const [only] = targets;
  const isPlain = targets.length === 1 && Object.keys(conditions).length === 0 && level === undefined;
  if (isPlain && only && !('served' in only) && kind !== 'preset') return { rule: only as Rule, reason: reason ?? null };
  return { rule: new PolicyRule({ name, targets, conditions, level, reason, title: titleOf(kind, entry) }), reason: reason ?? null };
};

const targetsOf = (kind: RuleKind, entry: Entry): readonly Target[] => {
  const { name } = entry;
  const port = entry.port ?? entry.ports;
  switch (kind) {
    case 'AF_INET':
      return [new IPv4Rule(entry.addr ?? entry.cidr ?? '0.0.0.0/0', { name, port })];
    case 'AF_INET6':
      return [new IPv6Rule(entry.addr ?? entry.cidr ?? '::/0', { name, port })];
    case 'AF_UNIX':
      return [new UnixSocketRule(entry.path_glob ?? `${escapePattern(entry.path_prefix ?? '')}*`, { name })];
    case 'AF_NETLINK':
      return [new NetlinkRule({ name })];
    case 'host':
      return [new IPv4Rule('0.0.0.0/0', { port }), new IPv6Rule('::/0', { port })];
    case 'preset':
      return entry.preset ? presets[entry.preset].targets : [];
  }
};

const conditionsOf = ({ host, transport, tests, process, scope, expires }: Entry): Conditions => ({
  ...(host !== undefined && { hosts: listOf(host).map(parseHost) }),
  ...(transport && { transport }),
  ...(tests !== undefined && { tests: listOf(tests) }),
  ...(process !== undefined && { process: listOf(process) }),
  ...(scope !== undefined && { scope: listOf(scope) }),
  ...(expires && { expires }),
});

const titleOf = (kind: RuleKind, { preset, host, port, ports }: Entry): string | undefined => {
  if (kind === 'preset') return `preset ${preset}`;
  if (kind !== 'host' || host === undefined) return undefined;
  const spec = port ?? ports;
  const hosts = `host ${listOf(host)
    .map((text) => hostText(parseHost(text)))
    .join(', ')}`;
  return spec === undefined ? hosts : `${hosts} port ${portsText(parsePorts(spec))}`;
};

const listOf = <Item>(given: Item | readonly Item[]): readonly Item[] => (Array.isArray(given) ? given : [given]) as readonly Item[];
