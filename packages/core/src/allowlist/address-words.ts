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
  const groups: number[] = [];
  let gap = -1;
  let at = 0;
  if (text.charCodeAt(0) === colon) {
    if (text.charCodeAt(1) !== colon) return null;
    gap = 0;
    at = 2;
  }
  while (at < to) {
    if (groups.length === 8) return null;
    const end = endOfGroup(text, at, to);
    if (end < to && text.charCodeAt(end) === dot) {
      const four = readFour(text, at, to);
      if (four === null || groups.length > 6) return null;
      groups.push(Math.floor(four / 65_536), four % 65_536);
      return wordsOf(groups, gap);
    }
    if (end === at || end - at > 4) return null;
    groups.push(Number.parseInt(text.slice(at, end), 16));
    if (end === to) return wordsOf(groups, gap);
    if (text.charCodeAt(end) !== colon) return null;
    at = end + 1;
    if (text.charCodeAt(at) === colon && at < to) {
      if (gap !== -1) return null;
      gap = groups.length;
      at += 1;
    } else if (at === to) return null;
  }
  return wordsOf(groups, gap);
};

const endOfGroup = (text: string, from: number, to: number): number => {
  let end = from;
  while (end < to && isHex(text.charCodeAt(end))) end += 1;
  return end;
};

const isHex = (code: number): boolean =>
  (code >= zero && code <= zero + 9) || (code >= 0x61 && code <= 0x66) || (code >= 0x41 && code <= 0x46);

/** `gap`: before which group zeros were left out, −1 for nowhere. */
const wordsOf = (groups: readonly number[], gap: number): number[] | null => {
  const missing = 8 - groups.length;
  if (gap === -1 ? missing !== 0 : missing < 1) return null;
  const at = (index: number): number => {
    if (gap === -1 || index < gap) return groups[index] ?? 0;
    return index < gap + missing ? 0 : (groups[index - missing] ?? 0);
  };
  return [0, 2, 4, 6].map((index) => at(index) * 65_536 + at(index + 1));
};

const ZONE = /^[0-9a-zA-Z.:-]+$/;
const dot = 0x2e;
const colon = 0x3a;
const zero = 0x30;
