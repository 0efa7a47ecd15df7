import { isIP } from 'node:net';
import ipaddr from 'ipaddr.js';

/** One text for each address: `::ffff:a.b.c.d` is IPv4 (RFC 4291 §2.5.5.2); a zone is no part of the address. */
export const addressKey = (address: string): string => {
  const known = keys.get(address);
  if (known !== undefined) return known;
  const plain = address.replace(/%.*$/s, '');
  const key = isIP(plain) === 0 ? plain : ipaddr.process(plain).toString();
  if (keys.size >= mostKeys) keys.clear();
  if (address.length < longestKept) keys.set(address, key);
  return key;
};

/** A run has few addresses, and asks for them again and again. */
const keys = new Map<string, string>();
const mostKeys = 8192;
const longestKept = 100;
