import { IPv4Rule, IPv6Rule, NetlinkRule, type Rule, UnixSocketRule } from './rule.js';

/** The rules in front of every allowlist that does not refuse them: what stays on the machine. */
export const builtins: readonly Rule[] = [
  new IPv4Rule('127.0.0.0/8', { name: 'loopback (IPv4)' }),
  new IPv6Rule('::1/128', { name: 'loopback (IPv6)' }),
  new UnixSocketRule('*', { name: 'unix (builtin)' }),
  new NetlinkRule({ name: 'netlink (builtin)' }),
];
