import fs from 'node:fs';

/** The lines of a source file around a place, the place marked; null where the file can not be read or has no such line. */
export const codeFrame = (path: string, line: number, column: number): string[] | null => {
  const lines = linesOf(path);
  if (!lines || line < 1 || line > lines.length) return null;
  const first = Math.max(1, line - around);
  const width = String(Math.min(lines.length, line + around)).length;
  return lines.slice(first - 1, line + around).flatMap((text, index) => {
    const number = first + index;
    const row = `${number === line ? '>' : ' '} ${String(number).padStart(width)} | ${shown(text)}`.trimEnd();
    return number === line && column <= longest ? [row, `  ${' '.repeat(width)} | ${margin(text, column)}^`] : [row];
  });
};

const linesOf = (path: string): string[] | null => {
  try {
    return readFileSync(path, 'utf8').split(/\r?\n/);
  } catch {
    return null;
  }
};

const shown = (text: string): string => (text.length > longest ? `${text.slice(0, longest)}…` : text);

/** Tabs stay tabs, so that the mark stands under its column whatever their width. */
const margin = (text: string, column: number): string => text.slice(0, column - 1).replace(/[^\t]/g, ' ');

/** Taken before user code can mock fs. */
const { readFileSync } = fs;
const around = 2;
const longest = 160;
