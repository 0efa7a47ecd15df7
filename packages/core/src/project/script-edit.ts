/** The text of a script of configuration with the adapter in it; null where it is not written in a way that can be changed safely. */
export type EditScript = (text: string) => string | null;

/** `plugins: [netaudit(…)]` in an ES module that has one `defineConfig({` or `export default {`. */
export const editVitestConfig =
  (options: string): EditScript =>
  (text) => {
    const code = masked(text);
    if (/\brequire\s*\(|\bmodule\.exports\b/.test(code)) return null;
    const call = `netaudit(${options})`;
    const edited = intoList(text, code, 'plugins', call, 'first') ?? intoObject(text, code, `plugins: [${call}],`);
    if (edited === null) return null;
    const at = /^import\b/m.exec(code)?.index ?? (text.startsWith('#!') ? text.indexOf('\n') + 1 : 0);
    return `${edited.slice(0, at)}import netaudit from '@netaudit/vitest';\n${edited.slice(at)}`;
  };

/** `reporters: ['default', ['@netaudit/jest', …]]` in an object that is exported. */
export const editJestConfig =
  (options: string): EditScript =>
  (text) => {
    const code = masked(text);
    const entry = `['@netaudit/jest', ${options}]`;
    return intoList(text, code, 'reporters', entry, 'last') ?? intoObject(text, code, `reporters: ['default', ${entry}],`);
  };

/** Into the one list of that key; null where there is none, or several. */
const intoList = (text: string, code: string, key: string, item: string, where: 'first' | 'last'): string | null => {
  const [match, ...others] = [...code.matchAll(new RegExp(`(?<![\\w.])${key}\\s*:\\s*\\[`, 'g'))];
  if (!match || others.length > 0) return null;
  const open = match.index + match[0].length;
  const close = closing(code, open);
  if (close === null) return null;
  const isEmpty = code.slice(open, close).trim() === '' && text.slice(open, close).trim() === '';
  if (isEmpty) return text.slice(0, open) + item + text.slice(close);
  if (where === 'first') return `${text.slice(0, open)}${item}, ${text.slice(open).replace(/^[ \t]*(?=\S)/, '')}`;
  const end = open + code.slice(open, close).trimEnd().length;
  const comma = code[end - 1] === ',' ? ' ' : ', ';
  return `${text.slice(0, end)}${comma}${item}${text.slice(end)}`;
};

/** As the first key of the one object that is the configuration; null where that can not be told, or the key is there in another form. */
const intoObject = (text: string, code: string, line: string): string | null => {
  const key = line.slice(0, line.indexOf(':'));
  if (new RegExp(`(?<![\\w.])${key}\\b`).test(code)) return null;
  const [match, ...others] = [
    ...code.matchAll(/\bdefineConfig\(\s*\{|\bexport default\s*\{|\bmodule\.exports\s*=\s*\{|\bconst config(?::[^=]*)?\s*=\s*\{/g),
  ];
  if (!match || others.length > 0) return null;
  const open = match.index + match[0].length;
  const close = closing(code, open);
  if (close === null) return null;
  const body = text.slice(open, close);
  if (body.trim() === '') return `${text.slice(0, open)} ${line.slice(0, -1)} ${text.slice(close)}`;
  const indent = /^[^\S\n]*\n([ \t]*)\S/.exec(body)?.[1];
  return indent === undefined
    ? `${text.slice(0, open)} ${line}${body}${text.slice(close)}`
    : `${text.slice(0, open)}\n${indent}${line}${body}${text.slice(close)}`;
};

/** The offset of the bracket that closes what is open at `from`. */
const closing = (code: string, from: number): number | null => {
  let depth = 1;
  for (let at = from; at < code.length; at += 1) {
    const character = code[at] ?? '';
    if ('([{'.includes(character)) depth += 1;
    else if (')]}'.includes(character)) depth -= 1;
    if (depth === 0) return at;
  }
  return null;
};

/** The text with comments and the insides of strings as spaces, of the same length. Regular expressions are not known: brackets in one make it refuse. */
const masked = (text: string): string =>
  text.replace(/\/\/[^\n]*|\/\*[\s\S]*?\*\/|'(?:[^'\\\n]|\\.)*'|"(?:[^"\\\n]|\\.)*"|`(?:[^`\\]|\\[\s\S])*`/g, (part) =>
    part.replace(/[^\n]/g, ' '),
  );
