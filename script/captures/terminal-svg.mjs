import Anser from 'anser';

/** A terminal with this text, whose colours are ANSI sequences, as one SVG. `title` is for those who do not see it. */
export function terminalSvg(text, title) {
  const lines = linesOf(Anser.ansiToJson(text, { json: true, remove_empty: true, use_classes: true }));
  const columns = Math.max(...lines.map((line) => line.reduce((sum, { content }) => sum + [...content].length, 0)));
  const width = Math.ceil(columns * CELL.width + 2 * MARGIN);
  const height = lines.length * CELL.height + 2 * MARGIN;
  const rows = lines.map((line, index) => row(line, MARGIN + index * CELL.height)).join('');
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" width="${width}" height="${height}" role="img" aria-label="${escaped(title)}">
<title>${escaped(title)}</title>
<rect width="100%" height="100%" rx="8" fill="${BACKGROUND}"/>
<g font-family="ui-monospace, 'DejaVu Sans Mono', Menlo, Consolas, monospace" font-size="13" fill="${TEXT}">
${rows}</g>
</svg>
`;
}

/** The pieces of each line; a colour may go on over the end of one. */
function linesOf(pieces) {
  const lines = [[]];
  for (const piece of pieces) {
    for (const [index, content] of piece.content.split('\n').entries()) {
      if (index > 0) lines.push([]);
      lines.at(-1).push({ ...piece, content });
    }
  }
  return lines;
}

/** Each piece stands at its column and is as wide as its cells, whatever font the reader has. */
function row(pieces, top) {
  let column = 0;
  const drawn = pieces.map((piece) => {
    const at = column;
    column += [...piece.content].length;
    return draw(piece, { x: MARGIN + at * CELL.width, top, cells: [...piece.content].length });
  });
  return drawn.join('');
}

function draw({ content, fg, bg, decorations }, { x, top, cells }) {
  const back = bg
    ? `<rect x="${x.toFixed(1)}" y="${top}" width="${widthOf(cells)}" height="${CELL.height}" fill="${BACKS[bg.replace('ansi-', '')] ?? BACKGROUND}"/>\n`
    : '';
  const word = content.trim();
  if (word === '') return back;
  const begin = (x + (content.length - content.trimStart().length) * CELL.width).toFixed(1);
  const style = [
    fg ? ` fill="${colourOf(fg, TEXT)}"` : '',
    decorations.includes('bold') ? ' font-weight="bold"' : '',
    decorations.includes('dim') ? ' fill-opacity="0.7"' : '',
  ].join('');
  const drawn = escaped(word).replaceAll(' ', '\u00a0').replaceAll('⎯', '─');
  return `${back}<text x="${begin}" y="${top + BASELINE}" textLength="${widthOf([...word].length)}"${style}>${drawn}</text>\n`;
}

const widthOf = (cells) => (cells * CELL.width).toFixed(1);
const colourOf = (name, standard) => COLOURS[name.replace('ansi-', '')] ?? standard;
const escaped = (text) => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;');

const CELL = { width: 7.8, height: 18 };
const MARGIN = 14;
const BASELINE = 13;
const BACKGROUND = '#16181d';
const TEXT = '#e6e6e6';
const COLOURS = {
  black: '#16181d',
  red: '#ff7b72',
  green: '#7ee787',
  yellow: '#e3b341',
  blue: '#79c0ff',
  magenta: '#d2a8ff',
  cyan: '#56d4dd',
  white: '#e6e6e6',
  'bright-black': '#9aa4b2',
};
const BACKS = { red: '#b62324', green: '#116329', yellow: '#7d4e00', cyan: '#1b7c83', blue: '#0550ae' };
