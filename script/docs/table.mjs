/** A table of Markdown; cells are Markdown of one line, in which a `|` does not end the cell. */
export function table(head, rows) {
  const line = (cells) => `| ${cells.map((cell) => String(cell).replaceAll('\n', ' ').replaceAll('|', '\\|')).join(' | ')} |`;
  return [line(head), line(head.map(() => '---')), ...rows.map(line)].join('\n');
}

/** As code. */
export const code = (text) => `\`${text}\``;
