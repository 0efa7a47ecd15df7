import { OwnServers, PolicyRule } from './policy-rule.js';
import type { PortSpec } from './ports.js';
import { IPv4Rule, IPv6Rule, NetlinkRule, type Rule, UnixSocketRule } from './rule.js';

/** Which ports of loopback the built-in rules allow: all; those on which the run itself listens; or those and the listed ones. */
export type Loopback = 'any' | 'own-servers' | PortSpec;

/** The rules in front of every allowlist that does not refuse them: what stays on the machine. */
export const builtinRules = (loopback: Loopback): readonly Rule[] => [
  ...loopbackRules(loopback),
  new UnixSocketRule('*', { name: 'unix (builtin)' }),
  new NetlinkRule({ name: 'netlink (builtin)' }),
];

/** The rules of loopback alone. */
export const loopbackRules = (loopback: Loopback): readonly Rule[] => {
  if (loopback === 'any') {
    return [new IPv4Rule('127.0.0.0/8', { name: 'loopback (IPv4)' }), new IPv6Rule('::1/128', { name: 'loopback (IPv6)' })];
  }
  const own = new PolicyRule({ name: 'loopback (own servers)', targets: [new OwnServers()] });
  if (loopback === 'own-servers') return [own];
  return [
    own,
    new IPv4Rule('127.0.0.0/8', { name: 'loopback (listed, IPv4)', port: loopback }),
    new IPv6Rule('::1/128', { name: 'loopback (listed, IPv6)', port: loopback }),
  ];
};
