import { isIPv4, isIPv6 } from 'node:net';

import type { Aim } from '../../model/event.js';
import { field, itemsOf } from './call.js';
import { ipv4Text, ipv6Text } from './ip.js';
import { readGroup } from './scan.js';
import { decodeBytes, decodeText } from './text.js';

/** A socket address as a call was given it; all `null` when it was not readable. */
export type SocketAddress = Omit<Aim, 'transport'>;

/** Reads a `{sa_family=..., ...}` value; a pointer, NULL or `{...}` is an address that was not readable. */
export const readSocketAddress = (value: string): SocketAddress => {
  const items = itemsOf(value, '{');
  const family = items === null ? null : readFamily(field(items, 'sa_family'));
  if (items === null || family === null) return unreadable;
  switch (family) {
    case 'AF_INET':
      return { family, addr: readIPv4(items), port: readPort(field(items, 'sin_port')) };
    case 'AF_INET6':
      return { family, addr: readIPv6(items), port: readPort(field(items, 'sin6_port')) };
    case 'AF_UNIX':
      return { family, addr: readPath(field(items, 'sun_path', 'path')), port: null };
    default:
      return { family, addr: null, port: null };
  }
};

/** As `readSocketAddress` for a datagram: Linux sends AF_UNSPEC on an AF_INET socket as if it were AF_INET (net/ipv4/udp.c, udp_sendmsg). */
export const readDestination = (value: string): SocketAddress => {
  const address = readSocketAddress(value);
  if (address.family !== 'AF_UNSPEC') return address;
  const bytes = decodeBytes(field(itemsOf(value, '{') ?? [], 'sa_data') ?? '');
  if (bytes === null || bytes.length < 6) return address;
  return { family: 'AF_INET', addr: ipv4Text(bytes.slice(2, 6)), port: readShort(bytes) };
};

const readFamily = (value: string | null): string | null => {
  if (value === null) return null;
  if (/^AF_\w+$/.test(value)) return value === 'AF_FILE' || value === 'AF_LOCAL' ? 'AF_UNIX' : value;
  return /^(?:0x[0-9a-f]+|\d+)$/.test(value) ? (familyNames[Number(value)] ?? value) : null;
};

const readPort = (value: string | null): number | null => {
  if (value === null) return null;
  const printed = /^htons\((\d{1,5})\)$/.exec(value)?.[1];
  if (printed !== undefined) return Number(printed) <= 0xffff ? Number(printed) : null;
  const bytes = decodeBytes(value);
  return bytes?.length === 2 ? readShort(bytes) : null;
};

const readIPv4 = (items: readonly string[]): string | null => {
  const value = field(items, 'sin_addr') ?? '';
  const printed = argumentOf(value, 'inet_addr(', 0);
  if (printed !== null) return isIPv4(printed) ? printed : null;
  const bytes = decodeBytes(value);
  return bytes?.length === 4 ? ipv4Text(bytes) : null;
};

const readIPv6 = (items: readonly string[]): string | null => {
  const value = field(items, 'sin6_addr') ?? items.find((item) => item.startsWith('inet_pton(')) ?? '';
  const printed = argumentOf(value, 'inet_pton(', 1);
  if (printed !== null) return isIPv6(printed) ? printed : null;
  const bytes = decodeBytes(value);
  return bytes?.length === 16 ? ipv6Text(bytes) : null;
};

const readPath = (value: string | null): string | null => {
  if (value === null) return null;
  if (!value.startsWith('@')) return decodeText(value);
  const name = decodeText(value.slice(1));
  return name === null ? null : `@${name}`;
};

/** The decoded string argument `index` of a value printed as a C call. */
const argumentOf = (value: string, start: string, index: number): string | null => {
  if (!value.startsWith(start)) return null;
  return decodeBytes(splitArguments(value.slice(start.length - 1))[index] ?? '');
};

const splitArguments = (value: string): readonly string[] => readGroup(value, 0)?.items ?? [];

const readShort = (bytes: string): number => bytes.charCodeAt(0) * 256 + bytes.charCodeAt(1);

const unreadable: SocketAddress = { family: null, addr: null, port: null };

/** include/linux/socket.h, for -X raw; each stands at its number. */
const familyNames =
  `UNSPEC UNIX INET AX25 IPX APPLETALK NETROM BRIDGE ATMPVC X25 INET6 ROSE DECnet NETBEUI SECURITY KEY NETLINK PACKET ASH ECONET ATMSVC RDS SNA IRDA
  PPPOX WANPIPE LLC IB MPLS CAN TIPC BLUETOOTH IUCV RXRPC ISDN PHONET IEEE802154 CAIF ALG NFC VSOCK KCM QIPCRTR SMC XDP MCTP`
    .split(/\s+/)
    .map((name) => `AF_${name}`);
