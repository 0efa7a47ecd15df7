import { isIP } from 'node:net';
import ipaddr from 'ipaddr.js';

/** One text for each address: `::ffff:a.b.c.d` is IPv4 (RFC 4291 §2.5.5.2); a zone is no part of the address. */
export const addressKey = (address: string): string => {
  const plain = address.replace(/%.*$/s, '');
  return isIP(plain) === 0 ? plain : ipaddr.process(plain).toString();
};
