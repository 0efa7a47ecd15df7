import ipaddr from 'ipaddr.js';
import type { DnsAnswer, DnsRecord } from '../model/event.js';
import type { NameMessage } from '../model/source.js';

/**
 * A call of io.systemd.Resolve.ResolveHostname, or its reply, as JSON that ends with a zero byte (varlink.org; systemd
 * src/shared/varlink-io.systemd.Resolve.c). A reply does not repeat the question: its
 * records have no name. null for others, and for what is cut.
 */
export const readResolved = (bytes: Buffer): NameMessage | null => {
  const end = bytes.indexOf(0);
  const value = end === -1 ? null : parse(bytes.toString('utf8', 0, end));
  if (value === null) return null;
  if (typeof value.method === 'string') return readCall(value.method, value.parameters);
  const answer = typeof value.error === 'string' ? failed(value.error, value.parameters) : readReply(value.parameters);
  return answer && { id: 0, question: null, answer };
};

type Fields = Readonly<Record<string, unknown>>;

const readCall = (method: string, parameters: unknown): NameMessage | null => {
  if (method !== 'io.systemd.Resolve.ResolveHostname' || !isFields(parameters) || typeof parameters.name !== 'string') return null;
  const type = families.get(parameters.family) ?? 'A+AAAA';
  return { id: 0, question: { name: parameters.name.replace(/\.$/, ''), type }, answer: null };
};

const readReply = (parameters: unknown): DnsAnswer | null => {
  if (!isFields(parameters) || !Array.isArray(parameters.addresses)) return null;
  return { status: 'NOERROR', truncated: false, cut: false, records: parameters.addresses.flatMap(recordOf) };
};

const recordOf = (entry: unknown): readonly DnsRecord[] => {
  const bytes = isFields(entry) ? entry.address : null;
  if (!Array.isArray(bytes) || (bytes.length !== 4 && bytes.length !== 16) || !bytes.every(isByte)) return [];
  const type = bytes.length === 4 ? 'A' : 'AAAA';
  return [{ name: '', ttl: null, type, addr: ipaddr.fromByteArray(bytes).toString() }];
};

const failed = (error: string, parameters: unknown): DnsAnswer => {
  const rcode = isFields(parameters) && Number.isInteger(parameters.rcode) ? parameters.rcode : null;
  const status = rcode === 3 ? 'NXDOMAIN' : rcode === 2 ? 'SERVFAIL' : (/[A-Za-z]{1,40}$/.exec(error)?.[0] ?? 'error');
  return { status, truncated: false, cut: false, records: [] };
};

const parse = (text: string): Fields | null => {
  try {
    const value: unknown = JSON.parse(text);
    return isFields(value) ? value : null;
  } catch {
    return null;
  }
};

const isFields = (value: unknown): value is Fields => typeof value === 'object' && value !== null && !Array.isArray(value);
const isByte = (value: unknown): value is number => Number.isInteger(value) && Number(value) >= 0 && Number(value) <= 255;

/** AF_INET and AF_INET6. */
const families = new Map<unknown, string>([
  [2, 'A'],
  [10, 'AAAA'],
]);
