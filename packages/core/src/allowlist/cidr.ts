import { isIP } from 'node:net';
import ipaddr from 'ipaddr.js';
import { NetauditError } from '../model/error.js';

/** A block of addresses. `text` is canonical: host bits are masked away. */
export type Cidr = { readonly text: string; contains(address: IpAddress): boolean };

/** An address as the kernel sends to it: `::ffff:a.b.c.d` is IPv4. The types of ipaddr.js, which is built in, are not there for who installs this. */
export type IpAddress = { kind(): 'ipv4' | 'ipv6'; toString(): string };

/** The parsed address, or null when the text is not one (the short and octal forms of inet_aton(3) are not). */
export const parseAddress = (text: string): IpAddress | null => (isIP(text) === 0 ? null : ipaddr.process(withoutDots(text)));

/** IPv6 with its last 32 bits in hexadecimal: ipaddr.js takes `::192.0.2.1` for `::ffff:192.0.2.1`. */
const withoutDots = (text: string): string =>
  text.replace(/:(\d+)\.(\d+)\.(\d+)\.(\d+)(?=$|%)/, (_, ...bytes: string[]) => {
    const [a = 0, b = 0, c = 0, d = 0] = bytes.slice(0, 4).map(Number);
    return `:${(a * 256 + b).toString(16)}:${(c * 256 + d).toString(16)}`;
  });

/** The block that `text` (`address/bits`, or an address alone) names; throws ALLOWLIST_ADDRESS. */
export const parseCidr = (text: string, version: 4 | 6): Cidr => {
  const [address = '', bits, ...rest] = text.split('/');
  if (rest.length > 0 || address.includes('%') || isIP(address) !== version) throw refuse(text, version);
  const parsed = ipaddr.parse(withoutDots(address));
  const width = version === 4 ? 32 : 128;
  const length = bits === undefined ? width : prefixLength(bits, width);
  if (length === null) throw refuse(text, version);
  if (parsed instanceof ipaddr.IPv6 && parsed.isIPv4MappedAddress() && length >= 96) throw refuseMapped(text, parsed, length - 96);
  return blockOf(parsed, length);
};

const prefixLength = (bits: string, width: number): number | null => {
  const length = /^(0|[1-9][0-9]{0,2})$/.test(bits) ? Number(bits) : Infinity;
  return length <= width ? length : null;
};

const blockOf = (parsed: IpAddress, length: number): Cidr => {
  const given = `${parsed.toString()}/${length}`;
  const isFour = parsed instanceof ipaddr.IPv4;
  const network = isFour ? ipaddr.IPv4.networkAddressFromCIDR(given) : ipaddr.IPv6.networkAddressFromCIDR(given);
  return {
    text: `${network.toString()}/${length}`,
    contains: (address) => address.kind() === network.kind() && (address as typeof network).match(network, length),
  };
};

const refuse = (text: string, version: 4 | 6): NetauditError =>
  new NetauditError('ALLOWLIST_ADDRESS', {
    found: `'${text}' is not an IPv${version} address or CIDR`,
    allowed: version === 4 ? 'such as 10.20.0.0/16 or 10.20.0.1' : 'such as 2001:db8::/32 or 2001:db8::1',
  });

const refuseMapped = (text: string, parsed: ipaddr.IPv6, bits: number): NetauditError =>
  new NetauditError('ALLOWLIST_ADDRESS', {
    found: `'${text}' is IPv4 in an IPv6 form, which IPv4 rules match`,
    fix: `write family: AF_INET with ${parsed.toIPv4Address().toString()}/${bits}`,
  });
