/**
 * The text with every character that could steer a terminal or a reader's eye shown as `\u{…}`: C0 (line breaks too), DEL, C1, bidi
 * controls (UAX #9), line and paragraph separators, the byte order mark, tag characters, halves of surrogate pairs, and what nobody sees (soft hyphen,
 * zero width space, word joiner, …; joiners stay, as emoji and some scripts need them).
 */
export const printable = (text: string): string => text.replace(UNPRINTABLE, escaped);

/** As `printable`, for text of several lines: line feeds stay. */
export const printableLines = (text: string): string => text.split('\n').map(printable).join('\n');

/** JSON text with the same characters as `\uXXXX`; it parses to the same value. */
export const printableJson = (json: string): string =>
  json.replace(UNPRINTABLE_IN_LINES, (character) =>
    [...units(character)].map((unit) => `\\u${unit.toString(16).padStart(4, '0')}`).join(''),
  );

const escaped = (character: string): string => `\\u{${(character.codePointAt(0) ?? 0).toString(16)}}`;

function* units(character: string): Generator<number> {
  for (let index = 0; index < character.length; index += 1) yield character.charCodeAt(index);
}

const OTHERS =
  '\\x7f-\\x9f\\p{Cs}\\u00ad\\u061c\\u180e\\u200b\\u200e\\u200f\\u2028\\u2029\\u202a-\\u202e\\u2060-\\u206f\\ufeff\\ufff9-\\ufffb\\u{e0000}-\\u{e007f}';
const UNPRINTABLE = new RegExp(`[\\0-\\x1f${OTHERS}]`, 'gu');
/** All but the line feed: what nothing is found in stays as it is, without a copy. */
const UNPRINTABLE_IN_LINES = new RegExp(`[\\0-\\t\\v-\\x1f${OTHERS}]`, 'gu');
