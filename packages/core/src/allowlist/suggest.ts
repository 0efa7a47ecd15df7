import ipaddr from 'ipaddr.js';
import { quoted } from '../yaml/quoted.js';
import { parseAddress } from './cidr.js';
import { escapePattern } from './fnmatch.js';
import type { Aim } from './rule.js';

/** An entry for `allowlist:` that allows exactly this destination, as a YAML list item without a last line break; null where none can. */
export const ruleFor = (aim: Aim): string | null => {
  const lines = fieldsFor(aim)?.map(([key, value], index) => `${index === 0 ? '- ' : '  '}${key}: ${value}`);
  return lines?.join('\n') ?? null;
};

type Fields = readonly (readonly [key: string, value: string])[];

const fieldsFor = ({ family, addr, port }: Aim): Fields | null => {
  switch (family) {
    case 'AF_INET':
    case 'AF_INET6':
      return addr === null ? null : ipFields(addr, port);
    case 'AF_UNIX':
      return addr === null || addr === ''
        ? null
        : [
            ['name', quoted(addr)],
            ['family', family],
            ['path_glob', quoted(escapePattern(addr))],
          ];
    case 'AF_NETLINK':
      return [
        ['name', 'netlink'],
        ['family', family],
      ];
    default:
      return null;
  }
};

/** The family is that of the address: `::ffff:a.b.c.d` is IPv4. A zone has no place in a rule. */
const ipFields = (given: string, port: number | null): Fields | null => {
  const address = parseAddress(given.replace(/%.*$/s, ''));
  if (address === null) return null;
  const isFour = address instanceof ipaddr.IPv4;
  const addr = address.toString();
  const host = isFour ? addr : `[${addr}]`;
  const fields = [
    ['name', quoted(port === null ? host : `${host}:${port}`)],
    ['family', isFour ? 'AF_INET' : 'AF_INET6'],
    ['addr', quoted(addr)],
  ] as const;
  return port === null ? fields : [...fields, ['port', String(port)]];
};
