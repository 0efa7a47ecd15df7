import { withoutMapping } from '../../model/address.js';

/** One end of a socket. */
export type Place = { readonly addr: string; readonly port: number };

/** A descriptor as strace decorates it with -yy; without a decoration only its number is known. */
export type Descriptor = {
  readonly fd: number;
  /** TCP, TCPv6, UDP, UDPv6, UNIX-STREAM, RAW, …; null where it is no socket or is not decorated. */
  readonly protocol: string | null;
  /** False where nothing is known of it, such as `3`, `3<socket:[17]>` or `3<TCP:[17]>`. */
  readonly known: boolean;
  readonly local: Place | null;
  readonly peer: Place | null;
  /** The path of a Unix socket. */
  readonly path: string | null;
};

/** Reads `3`, `3<TCP:[127.0.0.1:80->127.0.0.1:4711]>`, `3<TCPv6:[[::]:80]>`, `3<UNIX-STREAM:[17,"/run/x"]>`, `3</etc/hosts>`; null for what is no descriptor. */
export const readDescriptor = (text: string): Descriptor | null => {
  const [, digits, decoration = ''] = /^(\d{1,9})(?:<([\s\S]*)>)?$/.exec(text.trimEnd()) ?? [];
  if (digits === undefined) return null;
  const nothing = { fd: Number(digits), protocol: null, known: false, local: null, peer: null, path: null };
  const [, protocol, inside = ''] = /^([A-Z][\w-]*):\[([\s\S]*)\]$/.exec(decoration) ?? [];
  if (protocol === undefined) return { ...nothing, known: decoration !== '' && !decoration.startsWith('socket:') };
  if (protocol.startsWith('UNIX')) return { ...nothing, protocol, known: true, path: /,"(.*)"$/s.exec(inside)?.[1] ?? null };
  const arrow = inside.indexOf('->');
  const local = readPlace(arrow === -1 ? inside : inside.slice(0, arrow));
  const peer = arrow === -1 ? null : readPlace(inside.slice(arrow + 2));
  return { ...nothing, protocol, known: local !== null, local, peer };
};

/** `1.2.3.4:80`, `[::1]:80`, and `::1:80` as before strace 4.22; a mapped IPv4 address as what it stands for. */
const readPlace = (text: string): Place | null => {
  const colon = text.lastIndexOf(':');
  const port = text.slice(colon + 1);
  if (colon < 1 || !/^\d{1,5}$/.test(port)) return null;
  const addr = text.slice(0, colon).replace(/^\[(.*)\]$/, '$1');
  return { addr: withoutMapping(addr), port: Number(port) };
};
