/**
 * The text with every character that could not be seen, or could turn the order of others, shown as `\u{…}`; as core's model/printable.ts does,
 * which a test compares.
 */
export const printable = (text: string): string => (UNPRINTABLE.test(text) ? text.replace(EACH, escaped) : text);

const escaped = (character: string): string => `\\u{${(character.codePointAt(0) ?? 0).toString(16)}}`;

const CLASS =
  '[\\p{Cc}\\p{Cs}\\u00ad\\u061c\\u180e\\u200b\\u200e\\u200f\\u2028\\u2029\\u202a-\\u202e\\u2060-\\u206f\\ufeff\\ufff9-\\ufffb\\u{e0000}-\\u{e007f}]';
const UNPRINTABLE = new RegExp(CLASS, 'u');
const EACH = new RegExp(CLASS, 'gu');
