import { isIP } from 'node:net';
import { domainToASCII } from 'node:url';
import { NetauditError } from '../model/error.js';

/** A host name, or with `wild` every name below it and not the name itself. `name` is plain. */
export type HostPattern = { readonly wild: boolean; readonly name: string };

/** What messages say of hosts. */
const HOSTS_ALLOWED = 'a host name such as api.example.com, or *.example.com for every name below example.com';

/** The pattern that `text` names; throws ALLOWLIST_HOST. */
export const parseHost = (text: string): HostPattern => {
  const wild = text.startsWith('*.');
  const name = plainHost(wild ? text.slice(2) : text);
  if (isIP(text) !== 0 || /^[\d.]+$/.test(name)) {
    throw new NetauditError('ALLOWLIST_HOST', { found: `host is '${text}', which is an address`, fix: `write addr: ${text}` });
  }
  if (!HOST_NAME.test(name)) throw new NetauditError('ALLOWLIST_HOST', { found: `host is '${text}'`, allowed: HOSTS_ALLOWED });
  return { wild, name };
};

/** Whether the pattern is for this name, which is plain. */
export const matchesHost = ({ wild, name }: HostPattern, plain: string): boolean => (wild ? plain.endsWith(`.${name}`) : plain === name);

/** The pattern as a policy writes it. */
export const hostText = ({ wild, name }: HostPattern): string => (wild ? `*.${name}` : name);

/** As DNS compares names: in ASCII (UTS #46), lower case, without the last dot. Empty for what can not be a name. */
export const plainHost = (name: string): string => (PLAIN.test(name) ? name : domainToASCII(name).toLowerCase().replace(/\.$/, ''));

/** Names that are plain as they are; all but `xn--`, whose labels UTS #46 checks. */
const PLAIN = /^(?!.*xn--)[a-z0-9_-]+(?:\.[a-z0-9_-]+)*$/;

/** Labels of letters, digits, hyphens and underscores (RFC 1035 §2.3.1, RFC 2181 §11). */
const HOST_NAME = /^(?=.{1,253}$)[a-z0-9_](?:[a-z0-9_-]{0,61}[a-z0-9_])?(?:\.[a-z0-9_](?:[a-z0-9_-]{0,61}[a-z0-9_])?)*$/;
