import { styleText } from 'node:util';

/** How a text is shown where it goes: whether in colours, and how wide a line may be; null: as long as it is. */
export type Terminal = { readonly colors: boolean; readonly width: number | null };

/**
 * What the stream is, by the rules of Node: NO_COLOR, NODE_DISABLE_COLORS, FORCE_COLOR, TERM, and what kind of terminal it is, if it is one
 * (https://nodejs.org/api/util.html#utilstyletextformat-text-options). Only a terminal has a width.
 */
export const terminalOf = (stream: NodeJS.WriteStream): Terminal => ({
  colors: styleText('red', 'x', { stream }) !== 'x',
  width: stream.isTTY && stream.columns > 0 ? stream.columns : null,
});
