import type { NameMessage } from '../model/source.js';

/** A request to nscd for the addresses of a name (glibc nscd/nscd-client.h, request_header: version 2, type and length of the key); null for others. */
export const readNscdRequest = (bytes: Buffer): NameMessage | null => {
  if (bytes.length < headerLength || read(bytes, 0) !== protocolVersion) return null;
  const type = types.get(read(bytes, 4));
  const length = read(bytes, 8);
  if (type === undefined || length < 2 || length > longestKey || headerLength + length > bytes.length) return null;
  const name = bytes
    .toString('latin1', headerLength, headerLength + length)
    .replace(/\0$/, '')
    .replace(/\.$/, '');
  return /^[\x21-\x7e]+$/.test(name) ? { id: 0, question: { name, type }, answer: null } : null;
};

/** In the byte order of the machine; the platforms of Node are little-endian but one. */
const read = (bytes: Buffer, at: number): number => (littleEndian ? bytes.readInt32LE(at) : bytes.readInt32BE(at));

const littleEndian = new Uint8Array(new Uint16Array([1]).buffer)[0] === 1;
const headerLength = 12;
const longestKey = 1024;
const protocolVersion = 2;

/** GETHOSTBYNAME, GETHOSTBYNAMEv6, GETAI. */
const types = new Map([
  [4, 'A'],
  [5, 'AAAA'],
  [14, 'A+AAAA'],
]);
