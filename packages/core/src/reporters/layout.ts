import stringWidth from 'fast-string-width';
import { wrapAnsi } from 'fast-wrap-ansi';

/** Lines that are longer than a terminal is wide go on in further lines, indented by two columns more; null: all stay as they are. */
export const layOut = (lines: readonly string[], width: number | null): string[] =>
  width === null ? [...lines] : lines.flatMap((line) => line.split('\n')).flatMap((line) => wrapped(line, Math.max(width, narrowest)));

/** The text filled up with spaces, by the columns that it takes on a terminal. */
export const padEnd = (text: string, width: number): string => text + ' '.repeat(Math.max(0, width - stringWidth(text)));

const wrapped = (line: string, width: number): string[] => {
  if (stringWidth(line) <= width) return [line];
  const body = line.trimStart();
  const indent = Math.min(line.length - body.length, width / 2);
  const [first = '', ...rest] = wrapAnsi(body, width - indent - 2, { hard: true }).split('\n');
  return [' '.repeat(indent) + first, ...rest.map((part) => ' '.repeat(indent + 2) + part)];
};

/** Columns; below that, wrapping makes a text no easier to read. */
const narrowest = 20;
