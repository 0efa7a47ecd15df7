import { dnsPacket } from '../libraries/load.js';
import type { DnsAnswer, DnsQuestion, DnsRecord } from '../model/event.js';
import { readOnlyQuestion } from './question.js';
import { readServiceBinding } from './service-binding.js';

/**
 * The answer to a standard query (RFC 1035 §4.1) with the question that it repeats; null for what is none. Of bytes that end too early, the
 * records before the end.
 */
export const readAnswer = (message: Uint8Array, cut: boolean): { readonly question: DnsQuestion; readonly answer: DnsAnswer } | null => {
  const bytes = Buffer.from(message.buffer, message.byteOffset, message.byteLength);
  const found = readOnlyQuestion(bytes);
  const flags = bytes.length < headerLength ? 0 : bytes.readUInt16BE(2);
  if (!found || (flags & responseAndOpcode) !== response) return null;
  const whole = wholeRecords(bytes, found.end);
  const records = decodeRecords(bytes.subarray(0, whole.end), whole.count);
  const missing = cut || records === null || whole.count < bytes.readUInt16BE(6);
  const status = statusNames[flags & 0xf] ?? `RCODE${flags & 0xf}`;
  return { question: found.question, answer: { status, truncated: (flags & truncation) !== 0, cut: missing, records: records ?? [] } };
};

/** How many records of the answer section are there to their end, and where that is. */
const wholeRecords = (bytes: Buffer, start: number): { readonly count: number; readonly end: number } => {
  const count = bytes.readUInt16BE(6);
  for (let read = 0, at = start; ; read += 1) {
    const end = read < count ? endOfRecord(bytes, at) : null;
    if (end === null) return { count: read, end: at };
    at = end;
  }
};

/** RFC 1035 §4.1.3; null beyond the end of the bytes. An address of another length is none. */
const endOfRecord = (bytes: Buffer, start: number): number | null => {
  const at = endOfName(bytes, start);
  if (at === null || at + 10 > bytes.length) return null;
  const length = bytes.readUInt16BE(at + 8);
  const expected = addressLengths.get(bytes.readUInt16BE(at)) ?? length;
  const end = at + 10 + length;
  return length === expected && end <= bytes.length ? end : null;
};

const endOfName = (bytes: Buffer, start: number): number | null => {
  for (let at = start; at < bytes.length; ) {
    const length = bytes[at] ?? 0;
    if (length >= 0xc0) return at + 2;
    if (length === 0) return at + 1;
    at += 1 + length;
  }
  return null;
};

/** null when a name in them points nowhere. */
const decodeRecords = (bytes: Buffer, count: number): readonly DnsRecord[] | null => {
  const message = Buffer.from(bytes);
  message.writeUInt16BE(count, 6);
  message.writeUInt32BE(0, 8);
  try {
    return (
      dnsPacket()
        .decode(message)
        .answers?.flatMap((answer) => recordOf(answer as Decoded)) ?? []
    );
  } catch {
    return null;
  }
};

type Decoded = { readonly name: string; readonly type: string; readonly class?: string; readonly ttl?: number; readonly data?: unknown };

const recordOf = ({ name, type, class: kind, ttl: seconds, data }: Decoded): readonly DnsRecord[] => {
  const ttl = seconds ?? null;
  if (kind !== 'IN') return [];
  if ((type === 'A' || type === 'AAAA') && typeof data === 'string') return [{ name, ttl, type, addr: data }];
  if (type === 'CNAME' && typeof data === 'string') return [{ name, ttl, type, target: data }];
  const bound = serviceTypes.get(type);
  const found = bound && Buffer.isBuffer(data) ? readServiceBinding(data) : null;
  return bound && found ? [{ name, ttl, type: bound, ...found }] : [];
};

/** As the library names the types that it does not decode. */
const serviceTypes = new Map([
  ['UNKNOWN_64', 'SVCB'],
  ['UNKNOWN_65', 'HTTPS'],
] as const) as ReadonlyMap<string, 'SVCB' | 'HTTPS'>;

const addressLengths = new Map([
  [1, 4],
  [28, 16],
]);
const headerLength = 12;
/** QR, OPCODE and TC of the header's flags. */
const responseAndOpcode = 0xf800;
const response = 0x8000;
const truncation = 0x0200;

/** IANA, DNS RCODEs. */
const statusNames = [
  'NOERROR',
  'FORMERR',
  'SERVFAIL',
  'NXDOMAIN',
  'NOTIMP',
  'REFUSED',
  'YXDOMAIN',
  'YXRRSET',
  'NXRRSET',
  'NOTAUTH',
  'NOTZONE',
];
