import ipaddr from 'ipaddr.js';

/** The data of an SVCB or HTTPS record (RFC 9460 §2.2): its target (`.` is the record's own name) and the addresses in it; null when it is cut. */
export const readServiceBinding = (data: Buffer): { readonly target: string; readonly hints: readonly string[] } | null => {
  const name = readTarget(data, 2);
  if (!name) return null;
  const hints: string[] = [];
  for (let at = name.end; at < data.length; ) {
    if (at + 4 > data.length) return null;
    const end = at + 4 + data.readUInt16BE(at + 2);
    if (end > data.length) return null;
    hints.push(...addressesOf(data.readUInt16BE(at), data.subarray(at + 4, end)));
    at = end;
  }
  return { target: name.text, hints };
};

/** The target is never compressed. */
const readTarget = (data: Buffer, start: number): { readonly text: string; readonly end: number } | null => {
  const labels: string[] = [];
  for (let at = start; at < data.length; ) {
    const length = data[at] ?? 0;
    if (length > 63) return null;
    if (length === 0) return { text: labels.join('.') || '.', end: at + 1 };
    labels.push(data.toString('utf8', at + 1, at + 1 + length));
    at += 1 + length;
  }
  return null;
};

const addressesOf = (key: number, value: Buffer): string[] => {
  const size = addressSizes.get(key);
  if (size === undefined) return [];
  return Array.from({ length: Math.floor(value.length / size) }, (_, index) =>
    ipaddr.fromByteArray([...value.subarray(index * size, (index + 1) * size)]).toString(),
  );
};

/** RFC 9460 §7.3: ipv4hint and ipv6hint. */
const addressSizes = new Map([
  [4, 4],
  [6, 16],
]);
