/** Text of four address bytes given as latin1. */
export const ipv4Text = (bytes: string): string => Array.from(bytes, (byte) => byte.charCodeAt(0)).join('.');

/** Canonical text (RFC 5952) of sixteen address bytes given as latin1; IPv4-mapped as `::ffff:1.2.3.4`. */
export const ipv6Text = (bytes: string): string => {
  if (bytes.startsWith(mapped)) return `::ffff:${ipv4Text(bytes.slice(12))}`;
  const words = Array.from({ length: 8 }, (_, index) => bytes.charCodeAt(2 * index) * 256 + bytes.charCodeAt(2 * index + 1));
  const { start, length } = longestZeros(words);
  const text = (part: readonly number[]): string => part.map((word) => word.toString(16)).join(':');
  return length < 2 ? text(words) : `${text(words.slice(0, start))}::${text(words.slice(start + length))}`;
};

type Run = { readonly start: number; readonly length: number };

const longestZeros = (words: readonly number[]): Run => {
  let best: Run = { start: 0, length: 0 };
  let start = 0;
  words.forEach((word, index) => {
    if (word !== 0) start = index + 1;
    else if (index + 1 - start > best.length) best = { start, length: index + 1 - start };
  });
  return best;
};

const mapped = `${'\0'.repeat(10)}\xff\xff`;
