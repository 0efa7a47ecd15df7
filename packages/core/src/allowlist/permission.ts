import { isIP } from 'node:net';
import { NetauditError } from '../model/error.js';
import { matchesHost, parseHost, plainHost } from './host.js';
import { includesPort, parsePorts } from './ports.js';
import { type Aim, IPv4Rule, IPv6Rule, UnixSocketRule } from './rule.js';

/** What an inline permission allows. `names`: those by which the process looked the address up. */
export type PermissionMatch = (aim: Aim, names: readonly string[]) => boolean;

/** The target of an inline permission (`HOST:PORT` or `unix:GLOB`) as a matcher. Throws PERMISSION, ALLOWLIST_ADDRESS. */
export const parsePermission = ({ target, reason }: { readonly target: string; readonly reason: string }): PermissionMatch => {
  const matches = target.startsWith('unix:') ? socketMatch(target) : hostMatch(target);
  if (reason === '') throw refuse(`the permission of ${target} has no reason`);
  return matches;
};

const socketMatch = (target: string): PermissionMatch => {
  const glob = target.slice('unix:'.length);
  if (glob === '') throw refuse(`'${target}' has no path`);
  const rule = new UnixSocketRule(glob);
  return (aim) => rule.matches(aim);
};

const hostMatch = (target: string): PermissionMatch => {
  const [, inner, plain, portText] = /^(?:\[([^\]]*)\]|([^:]*)):([^:]*)$/.exec(target) ?? [];
  if (portText === undefined) throw refuse(problemOf(target));
  const port = portOf(portText, target);
  if (inner !== undefined) return ruleMatch([new IPv6Rule(inner, port)]);
  const host = plain ?? '';
  if (host === 'localhost') return ruleMatch([new IPv4Rule('127.0.0.0/8', port), new IPv6Rule('::1', port)]);
  return /^[\d./]+$/.test(host) ? ruleMatch([new IPv4Rule(host, port)]) : nameMatch(host, port);
};

type Port = { readonly port?: number };

const portOf = (text: string, target: string): Port => {
  if (text === '*') return {};
  if (!/^(0|[1-9]\d{0,4})$/.test(text) || Number(text) > 65_535) throw refuse(`'${target}' has the port '${text}'`);
  return { port: Number(text) };
};

const ruleMatch =
  (rules: readonly (IPv4Rule | IPv6Rule)[]): PermissionMatch =>
  (aim) =>
    rules.some((rule) => rule.matches(aim));

/** `*.example.com` is any name below example.com, and not example.com itself. */
const nameMatch = (given: string, { port }: Port): PermissionMatch => {
  const host = hostOf(given);
  const ranges = port === undefined ? null : parsePorts(port);
  return (aim, names) => names.some((name) => matchesHost(host, plainHost(name))) && (ranges === null || includesPort(ranges, aim.port));
};

const hostOf = (given: string) => {
  try {
    return parseHost(given);
  } catch {
    throw refuse(`'${given}' is no host`);
  }
};

const problemOf = (target: string): string => {
  if (target === '') return 'a permission has no target';
  if (isIP(target.split('/')[0] ?? '') === 6 || /:.*:/.test(target)) return `'${target}' is IPv6 without brackets`;
  return `'${target}' has no port`;
};

const refuse = (found: string): NetauditError =>
  new NetauditError('PERMISSION', {
    found,
    allowed:
      'HOST:PORT and a reason, where HOST is such as 203.0.113.10, 10.0.0.0/8, [2001:db8::1], localhost, api.example.com or *.example.com, and PORT a number from 0 to 65535 or *; or unix:/path/glob and a reason',
  });
