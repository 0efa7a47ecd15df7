import ipaddr from 'ipaddr.js';
import { firstEphemeralPort, isEphemeral } from '../model/destination.js';
import type { Need, Subject } from './needs.js';

/** The fields of an entry, in the order in which they are written; a text is quoted where it has to be. */
export type Fields = readonly (readonly [key: string, value: string | number | readonly (string | number)[]])[];

/** An entry with the needs that it is for. `domain`: the registrable one of its hosts; null for what has no name. */
export type Suggestion = { readonly fields: Fields; readonly needs: readonly Need[]; readonly domain: string | null };

/** The registrable domain of a host name, null where it has none. */
export type DomainOf = (host: string) => string | null;

/**
 * Entries that allow just what was needed, hosts by their registrable domains first, then addresses. Where four or more hosts of one domain, or
 * addresses of one /24 (IPv6: /64) at the same ports, were needed, they are one entry.
 */
export const suggestRules = (needs: readonly Need[], domainOf: DomainOf): readonly Suggestion[] => {
  const of = <Kind extends Subject['kind']>(kind: Kind) =>
    needs.filter((need): need is Need & { readonly subject: Extract<Subject, { kind: Kind }> } => need.subject.kind === kind);
  return [
    ...inGroups(of('host'), ({ subject: { host } }) => domainOf(host) ?? host).flatMap(([domain, group]) => hostRules(domain, group)),
    ...inGroups(of('address'), networkKey).flatMap(([, group]) => addressRules(group)),
    ...of('unix').map((need): Suggestion => ({ domain: null, needs: [need], fields: fieldsOf(need) ?? [] })),
    ...of('netlink').map((need): Suggestion => ({ domain: null, needs: [need], fields: fieldsOf(need) ?? [] })),
  ];
};

/** The entry for one need; null where no kind of rule can allow it. */
export const fieldsOf = ({ subject, ports }: Pick<Need, 'subject' | 'ports'>): Fields | null => {
  switch (subject.kind) {
    case 'host':
      return [['name', `${subject.host}${portSuffix(ports)}`], ['host', subject.host], ...portFields(ports)];
    case 'address': {
      const { family, addr } = subject;
      const shown = family === 'AF_INET' ? addr : `[${addr}]`;
      return [
        ['name', `${isNameServer(ports) ? 'name server ' : ''}${shown}${portSuffix(ports)}`],
        ['family', family],
        ['addr', addr],
        ...portFields(ports),
      ];
    }
    case 'unix':
      return [
        ['name', subject.path],
        ['family', 'AF_UNIX'],
        ['path_glob', subject.path.replace(/[*?[]/g, '[$&]')],
      ];
    case 'netlink':
      return [
        ['name', 'netlink'],
        ['family', 'AF_NETLINK'],
      ];
    case 'none':
      return null;
  }
};

type HostNeed = Need & { readonly subject: Extract<Subject, { kind: 'host' }> };
type AddressNeed = Need & { readonly subject: Extract<Subject, { kind: 'address' }> };

/** The domain itself is not below itself. */
const hostRules = (domain: string, needs: readonly HostNeed[]): Suggestion[] => {
  const below = needs.filter(({ subject: { host } }) => host !== domain);
  const single = (below.length < enoughToJoin ? needs : needs.filter((need) => !below.includes(need))).toSorted(byHost);
  const ports = union(below);
  const joined: Suggestion = {
    domain,
    needs: below.toSorted(byHost),
    fields: [['name', `*.${domain}${portSuffix(ports)}`], ['host', `*.${domain}`], ...portFields(ports)],
  };
  return [
    ...single.map((need) => ({ domain, needs: [need], fields: fieldsOf(need) ?? [] })),
    ...(below.length < enoughToJoin ? [] : [joined]),
  ];
};

const byHost = (one: HostNeed, other: HostNeed): number => (one.subject.host < other.subject.host ? -1 : 1);

const networkKey = ({ subject: { family, addr }, ports }: AddressNeed): string => {
  const bytes = ipaddr.parse(addr).toByteArray();
  return JSON.stringify([
    family,
    bytes.slice(0, family === 'AF_INET' ? 3 : 8).map((byte) => byte.toString().padStart(3, '0')),
    portFields(ports),
  ]);
};

const addressRules = (needs: readonly AddressNeed[]): Suggestion[] => {
  const sorted = needs.toSorted((one, other) => compareBytes(bytesOf(one), bytesOf(other)));
  const [first] = sorted;
  if (!first || sorted.length < enoughToJoin) return sorted.map((need) => ({ domain: null, needs: [need], fields: fieldsOf(need) ?? [] }));
  const ports = union(sorted);
  const cidr = coveringBlock(sorted.map(({ subject }) => subject.addr));
  const fields: Fields = [['name', `${cidr}${portSuffix(ports)}`], ['family', first.subject.family], ['cidr', cidr], ...portFields(ports)];
  return [{ domain: null, needs: sorted, fields }];
};

/** The smallest block that holds all of the addresses, of one family. */
const coveringBlock = (addresses: readonly string[]): string => {
  const bits = addresses.map((addr) =>
    ipaddr
      .parse(addr)
      .toByteArray()
      .map((byte) => byte.toString(2).padStart(8, '0'))
      .join(''),
  );
  const [first = ''] = bits;
  let length = first.length;
  while (!bits.every((other) => other.startsWith(first.slice(0, length)))) length -= 1;
  const given = `${addresses[0]}/${length}`;
  const network = first.length === 32 ? ipaddr.IPv4.networkAddressFromCIDR(given) : ipaddr.IPv6.networkAddressFromCIDR(given);
  return `${network.toString()}/${length}`;
};

const bytesOf = ({ subject: { addr } }: AddressNeed): readonly number[] => ipaddr.parse(addr).toByteArray();

const compareBytes = (one: readonly number[], other: readonly number[]): number => {
  const at = one.findIndex((byte, index) => byte !== other[index]);
  return (one[at] ?? 0) - (other[at] ?? 0);
};

/** Ports that systems hand out differ in the next run: all of them are meant. */
const portsOf = (ports: ReadonlySet<number>): (number | string)[] => {
  const fixed = [...ports].filter((port) => !isEphemeral(port)).toSorted((one, other) => one - other);
  return fixed.length === ports.size ? fixed : [...fixed, `${firstEphemeralPort}-65535`];
};

const portFields = (ports: ReadonlySet<number>): Fields => {
  const [first, ...others] = portsOf(ports);
  return first === undefined ? [] : [['port', others.length === 0 ? first : [first, ...others]]];
};

const portSuffix = (ports: ReadonlySet<number>): string => {
  const all = portsOf(ports);
  return all.length === 1 ? `:${all[0]}` : '';
};

const isNameServer = (ports: ReadonlySet<number>): boolean => ports.size === 1 && ports.has(53);

const union = (needs: readonly Need[]): ReadonlySet<number> => new Set(needs.flatMap(({ ports }) => [...ports]));

/** The groups in the order of their keys. */
const inGroups = <Item>(items: readonly Item[], keyOf: (item: Item) => string): [string, Item[]][] => {
  const groups = new Map<string, Item[]>();
  for (const item of items) groups.set(keyOf(item), [...(groups.get(keyOf(item)) ?? []), item]);
  return [...groups].toSorted(([one], [other]) => (one < other ? -1 : 1));
};

const enoughToJoin = 4;
