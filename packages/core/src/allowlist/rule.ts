import { NetauditError } from '../model/error.js';
import type { Aim as EventAim } from '../model/event.js';
import type { ProcessInfo } from '../model/report.js';
import type { Scope } from '../model/scope.js';
import { type Cidr, parseAddress, parseCidr } from './cidr.js';
import { compilePattern } from './fnmatch.js';
import type { PolicyRule } from './policy-rule.js';
import { includesPort, type PortRange, type PortSpec, parsePorts, portsText } from './ports.js';

/** What a rule looks at. */
export type Aim = Pick<EventAim, 'family' | 'addr' | 'port'>;

/** A call with all that conditions of rules look at. What is left out is not known, and then no condition on it holds. */
export type Call = Aim & {
  readonly transport?: 'tcp' | 'udp' | null | undefined;
  /** The names by which the process knew the address when it made the call, as host.ts makes them plain. */
  readonly names?: readonly string[] | undefined;
  readonly process?: ProcessInfo | null | undefined;
  /** Whose doing it was. */
  readonly scope?: Scope | null | undefined;
  /** µs since the epoch. */
  readonly ts?: number | undefined;
  /** Whether the run listens there. */
  readonly served?: ((aim: Aim) => boolean) | undefined;
};

export type RuleOptions = { readonly name?: string | undefined };
export type IpRuleOptions = RuleOptions & { readonly port?: PortSpec | undefined };

export type Rule = IPv4Rule | IPv6Rule | UnixSocketRule | NetlinkRule | PolicyRule;

/** What both IP rules are: a block of addresses, and ports when they are given. */
abstract class IpRule {
  abstract readonly family: string;
  readonly name: string;
  /** Canonical, host bits masked. */
  readonly cidr: string;
  /** As it was given. */
  readonly written: string;
  readonly #block: Cidr;
  readonly #ports: readonly PortRange[] | null;

  constructor(block: Cidr, written: string, { name = '', port }: IpRuleOptions) {
    this.name = name;
    this.written = written;
    this.cidr = block.text;
    this.#block = block;
    this.#ports = port === undefined ? null : parsePorts(port);
  }

  matches({ family, addr, port }: Aim): boolean {
    if ((family !== 'AF_INET' && family !== 'AF_INET6') || addr === null) return false;
    const address = parseAddress(addr);
    if (address === null || !this.#block.contains(address)) return false;
    return this.allowsPort(port);
  }

  /** Whether the port is one of the rule's. */
  allowsPort(port: number | null): boolean {
    return this.#ports === null || includesPort(this.#ports, port);
  }

  /** The ports, null for all. */
  get ports(): readonly PortRange[] | null {
    return this.#ports;
  }

  toString(): string {
    const target = `${this.family} ${this.cidr}`;
    return this.#ports === null ? target : `${target} port ${portsText(this.#ports)}`;
  }
}

/** Allows IPv4 addresses, also in their form `::ffff:a.b.c.d`. Throws ALLOWLIST_ADDRESS, ALLOWLIST_PORT. */
export class IPv4Rule extends IpRule {
  readonly family = 'AF_INET';

  constructor(cidr: string, options: IpRuleOptions = {}) {
    super(parseCidr(cidr, 4), cidr, options);
  }
}

/** Allows IPv6 addresses; `::ffff:a.b.c.d` is IPv4 and is left to IPv4 rules. Throws ALLOWLIST_ADDRESS, ALLOWLIST_PORT. */
export class IPv6Rule extends IpRule {
  readonly family = 'AF_INET6';

  constructor(cidr: string, options: IpRuleOptions = {}) {
    super(parseCidr(cidr, 6), cidr, options);
  }
}

/** Allows Unix sockets by path, with the patterns of Python's fnmatch: `*` crosses `/`. Abstract names begin with `@`. */
export class UnixSocketRule {
  readonly family = 'AF_UNIX';
  readonly name: string;
  readonly glob: string;
  readonly #matches: (path: string) => boolean;

  constructor(glob: string, { name = '' }: RuleOptions = {}) {
    if (glob === '') throw new NetauditError('ALLOWLIST_VALUE', { found: 'the path pattern is empty', allowed: 'such as /run/*.sock' });
    this.name = name;
    this.glob = glob;
    this.#matches = compilePattern(glob);
  }

  matches({ family, addr }: Aim): boolean {
    return family === 'AF_UNIX' && this.#matches(addr ?? '');
  }

  toString(): string {
    return `AF_UNIX ${this.glob}`;
  }
}

/** Allows every netlink socket. */
export class NetlinkRule {
  readonly family = 'AF_NETLINK';
  readonly name: string;

  constructor({ name = '' }: RuleOptions = {}) {
    this.name = name;
  }

  matches({ family }: Aim): boolean {
    return family === 'AF_NETLINK';
  }

  toString(): string {
    return 'AF_NETLINK';
  }
}
