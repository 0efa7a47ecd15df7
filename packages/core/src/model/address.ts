/** IPv4 over an IPv6 socket is IPv4 (RFC 4291 §2.5.5.2): `::ffff:192.0.2.1` is `192.0.2.1`. */
export const withoutMapping = (addr: string): string => (addr.startsWith('::') ? addr.replace(/^::ffff:(?=\d+\.)/i, '') : addr);

/** Whether an address, without mapping, is one of the machine itself that needs no network. */
export const isLoopback = ({ addr }: { readonly addr: string }): boolean => addr === '::1' || addr.startsWith('127.');
