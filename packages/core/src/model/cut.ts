import { printable } from './printable.js';

/** At most `most` UTF-16 units of printable text on one line, the last an ellipsis where it was cut. No character is cut in two. */
export const cutText = (text: string, most: number): string => {
  const shown = printable(text.slice(0, most + 1));
  return shown.length <= most ? shown : `${shown.slice(0, most - 1).replace(/[\ud800-\udbff]$/, '')}…`;
};
