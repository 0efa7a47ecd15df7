import { readFileSync, writeFileSync } from 'node:fs';

/** The lines of the table in docs/coverage.md. */
export const pageLines = () => readFileSync(page, 'utf8').split(marks)[1].trim().split('\n');

/** Puts the table into docs/coverage.md. */
export const writePage = (rows) => {
  const [before, , after] = readFileSync(page, 'utf8').split(marks);
  writeFileSync(page, `${before}${begin}\n${tableOf(rows)}\n${end}${after}`);
};

const page = new URL('../../../docs/coverage.md', import.meta.url);
const begin = '<!-- ways: written by npm run coverage -- --write -->';
const end = '<!-- end of ways -->';
const marks = new RegExp(`${begin}|${end}`);

/** The rows as Markdown, one way a line. */
export const tableOf = (rows) =>
  ['| way | by | arrived | reported | charged to |', '| --- | --- | --- | --- | --- |', ...rows.map(rowText)].join('\n');

/** One line of the table. */
export const rowText = ({ title, by, unavailable, refused, arrived, reported }) => {
  const cells = unavailable
    ? [`not tried: ${unavailable}`, '', '']
    : [arrived ? 'yes' : 'no', refused ? `refused (${refused})` : listed(reported?.texts), listed(reported?.owners)];
  return `| ${[title, by, ...cells].join(' | ')} |`;
};

const listed = (texts = []) => (texts.length === 0 ? '–' : texts.map((text) => text.replaceAll('|', '\\|')).join('; '));
