/** Decodes the C string at the start of `value` (`"..."`, `"..."...` when strace cut it) to its bytes as latin1 text; `null` when there is none. */
export const decodeBytes = (value: string): string | null => {
  if (!value.startsWith('"')) return null;
  const parts: string[] = [];
  for (let from = 1; ; ) {
    quoteOrEscape.lastIndex = from;
    const at = quoteOrEscape.exec(value)?.index ?? -1;
    if (at === -1) return null;
    if (value[at] === '"') return parts.length === 0 ? value.slice(from, at) : parts.join('') + value.slice(from, at);
    const { text, next } = readEscape(value, at + 1);
    parts.push(value.slice(from, at), text);
    from = next;
  }
};

/** As `decodeBytes`, read as UTF-8; bytes that are no UTF-8 are shown as `\xHH`. */
export const decodeText = (value: string): string | null => {
  const bytes = decodeBytes(value);
  return bytes === null ? null : readUtf8(bytes);
};

/** Reads latin1 text as UTF-8; when it is none, bytes above ASCII are shown as `\xHH`. */
export const readUtf8 = (latin1: string): string => {
  if (!/[\x80-\xff]/.test(latin1) || /[^\0-\xff]/.test(latin1)) return latin1;
  const text = Buffer.from(latin1, 'latin1').toString('utf8');
  if (!text.includes('\ufffd')) return text;
  return latin1.replace(/[\x80-\xff]/g, (byte) => `\\x${byte.charCodeAt(0).toString(16)}`);
};

type Escape = { readonly text: string; readonly next: number };

const readEscape = (value: string, at: number): Escape => {
  octal.lastIndex = at;
  const digits = octal.exec(value)?.[0];
  if (digits !== undefined) return { text: byteOf(digits, 8), next: at + digits.length };
  hex.lastIndex = at;
  const pair = hex.exec(value)?.[1];
  if (pair !== undefined) return { text: byteOf(pair, 16), next: at + 1 + pair.length };
  const char = value[at] ?? '';
  return { text: letters.get(char) ?? char, next: at + 1 };
};

const byteOf = (digits: string, radix: number): string => String.fromCharCode(Number.parseInt(digits, radix) & 0xff);

const quoteOrEscape = /["\\]/g;
/** An 8 or 9 ends an octal escape: `\339` is the byte 033 and the digit 9. */
const octal = /[0-7]{1,3}/y;
const hex = /x([0-9a-fA-F]{1,2})/y;
const letters = new Map([
  ['n', '\n'],
  ['t', '\t'],
  ['r', '\r'],
  ['f', '\f'],
  ['v', '\v'],
]);
