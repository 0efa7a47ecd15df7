import { cutText } from '../model/cut.js';
import { printableLines } from '../model/printable.js';

/** Foreign text as a code span, of `most` characters at most: in one nothing is markup, a mention, a reference or a link. */
export const codeSpan = (text: string, most = LONGEST): string => spanOf(cutText(text, most));

/** The same in a table, where a bar is escaped; behind a backslash, where readers disagree what it is then, it is shown as `\u{7c}`. */
export const codeCell = (text: string): string => spanOf(cutText(text, LONGEST).replaceAll('\\|', '\\\\u{7c}').replaceAll('|', '\\|'));

const spanOf = (shown: string): string => {
  if (shown.trim() === '') return '(empty)';
  const fence = '`'.repeat(longestRun(shown) + 1);
  const space = /^[ `]|[ `]$/.test(shown) ? ' ' : '';
  return `${fence}${space}${shown}${space}${fence}`;
};

/** Lines of foreign text as a fenced block of code. */
export const codeBlock = (text: string, language: string): string[] => {
  const shown = printableLines(text);
  const fence = '`'.repeat(Math.max(3, longestRun(shown) + 1));
  return [`${fence}${language}`, ...shown.split('\n'), fence];
};

/** The length of the longest run of backticks. */
const longestRun = (text: string): number => Math.max(0, ...(text.match(/`+/g) ?? []).map((run) => run.length));

const LONGEST = 200;
