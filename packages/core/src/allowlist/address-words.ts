/** An IP address as numbers of 32 bits, the highest first: one of them for IPv4, also in its form `::ffff:a.b.c.d`, four for IPv6. */
export type AddressWords = readonly number[];

/** The address in the forms that inet_pton(3) takes, with or without a zone; null for any other text. Many times as fast as a library's. */
export const addressWords = (text: string): AddressWords | null => {
  const four = readFour(text, 0, text.length);
  if (four !== null) return [four];
  const zone = text.indexOf('%');
  if (zone !== -1 && !ZONE.test(text.slice(zone + 1))) return null;
  const six = readSix(text, zone === -1 ? text.length : zone);
  if (six === null) return null;
  const isMapped = six[0] === 0 && six[1] === 0 && six[2] === 0xffff;
  return isMapped ? six.slice(3) : six;
};

/** `a.b.c.d` between two offsets: four numbers up to 255 without leading zeros. */
const readFour = (text: string, from: number, to: number): number | null => {
  if (to - from < 7 || to - from > 15) return null;
  let address = 0;
  let part = -1;
  let parts = 1;
  for (let at = from; at < to; at += 1) {
    const code = text.charCodeAt(at);
    if (code === dot) {
      if (part === -1 || parts === 4) return null;
      address = address * 256 + part;
      part = -1;
      parts += 1;
    } else {
      const digit = code - zero;
      if (digit < 0 || digit > 9 || part === 0) return null;
      part = part === -1 ? digit : part * 10 + digit;
      if (part > 255) return null;
    }
  }
  return part === -1 || parts !== 4 ? null : address * 256 + part;
};

/** Eight groups of up to four hexadecimal digits; `::` once for groups of zeros; the last two may be written as IPv4 (RFC 4291 §2.2). */
const readSix = (text: string, to: number): number[] | null => {
  let count = 0;
  let gap = -1;
  let at = 0;
  if (text.charCodeAt(0) === colon) {
    if (text.charCodeAt(1) !== colon) return null;
    gap = 0;
    at = 2;
  }
  while (at < to) {
    if (count === 8) return null;
    const end = readGroup(text, at, to, count);
    if (end < to && text.charCodeAt(end) === dot) {
      const four = count > 6 ? null : readFour(text, at, to);
      if (four === null) return null;
      groups[count] = Math.floor(four / 65_536);
      groups[count + 1] = four % 65_536;
      return wordsOf(count + 2, gap);
    }
    if (end === at || end - at > 4) return null;
    count += 1;
    if (end === to) return wordsOf(count, gap);
    if (text.charCodeAt(end) !== colon) return null;
    at = end + 1;
    if (at === to) return null;
    if (text.charCodeAt(at) === colon) {
      if (gap !== -1) return null;
      gap = count;
      at += 1;
    }
  }
  return wordsOf(count, gap);
};

/** Reads hexadecimal digits into a group; returns where they end. */
const readGroup = (text: string, from: number, to: number, index: number): number => {
  let end = from;
  let value = 0;
  for (; end < to; end += 1) {
    const digit = hexValue(text.charCodeAt(end));
    if (digit === -1) break;
    value = value * 16 + digit;
  }
  groups[index] = value;
  return end;
};

const hexValue = (code: number): number => {
  if (code >= zero && code <= zero + 9) return code - zero;
  const letter = (code | 0x20) - 0x61;
  return letter >= 0 && letter <= 5 ? letter + 10 : -1;
};

/** `gap`: before which of the `count` groups zeros were left out, −1 for nowhere. */
const wordsOf = (count: number, gap: number): number[] | null => {
  const missing = 8 - count;
  if (gap === -1 ? missing !== 0 : missing < 1) return null;
  if (gap !== -1) {
    for (let index = count - 1; index >= gap; index -= 1) groups[index + missing] = groups[index] ?? 0;
    for (let index = gap; index < gap + missing; index += 1) groups[index] = 0;
  }
  return [wordAt(0), wordAt(2), wordAt(4), wordAt(6)];
};

const wordAt = (index: number): number => (groups[index] ?? 0) * 65_536 + (groups[index + 1] ?? 0);

/** The groups of the address that is being read. */
const groups = new Uint16Array(8);
const ZONE = /^[0-9a-zA-Z.:-]+$/;
const dot = 0x2e;
const colon = 0x3a;
const zero = 0x30;
