import type { DnsQuestion } from '../model/event.js';

/**
 * The question of a standard query (RFC 1035 §4.1), whatever follows it. null for what is no query of one question (RFC 9619) and for what
 * ends before its question does. A name before which nothing stands can not be compressed, so a pointer is no name here.
 */
export const readQuestion = (message: Uint8Array): DnsQuestion | null => {
  const bytes = Buffer.from(message.buffer, message.byteOffset, message.byteLength);
  if (bytes.length < headerLength || (bytes.readUInt16BE(2) & notAQuery) !== 0) return null;
  return readOnlyQuestion(bytes)?.question ?? null;
};

/** The question of a message that has exactly one, and where its section ends. */
export const readOnlyQuestion = (bytes: Buffer): { readonly question: DnsQuestion; readonly end: number } | null => {
  if (bytes.length < headerLength || bytes.readUInt16BE(4) !== 1) return null;
  const found = readName(bytes, headerLength);
  if (!found || found.end + 4 > bytes.length) return null;
  return { question: { name: found.name, type: typeName(bytes.readUInt16BE(found.end)) }, end: found.end + 4 };
};

const readName = (bytes: Buffer, start: number): { readonly name: string; readonly end: number } | null => {
  const labels: string[] = [];
  for (let at = start; at - start < longestName; ) {
    const length = bytes[at];
    if (length === undefined || length > longestLabel) return null;
    if (length === 0) return { name: labels.join('.') || '.', end: at + 1 };
    labels.push(labelText(bytes.subarray(at + 1, at + 1 + length)));
    at += 1 + length;
  }
  return null;
};

/** RFC 1035 §5.1: a dot or backslash in a label after a backslash, what is not printable as `\DDD`. */
const labelText = (label: Uint8Array): string =>
  Array.from(label, (byte) => {
    const char = String.fromCharCode(byte);
    if (byte <= 0x20 || byte >= 0x7f) return `\\${String(byte).padStart(3, '0')}`;
    return char === '.' || char === '\\' ? `\\${char}` : char;
  }).join('');

const typeName = (type: number): string => typeNames.get(type) ?? `TYPE${type}`;

/** QR and OPCODE of the header's flags: both 0 in a standard query. */
const notAQuery = 0xf800;
const headerLength = 12;
const longestName = 255;
const longestLabel = 63;

/** IANA, DNS parameters: those that programs ask for. */
const typeNames = new Map([
  [1, 'A'],
  [2, 'NS'],
  [5, 'CNAME'],
  [6, 'SOA'],
  [12, 'PTR'],
  [15, 'MX'],
  [16, 'TXT'],
  [28, 'AAAA'],
  [33, 'SRV'],
  [35, 'NAPTR'],
  [52, 'TLSA'],
  [64, 'SVCB'],
  [65, 'HTTPS'],
  [255, 'ANY'],
  [257, 'CAA'],
]);
