/** A bracket group: its items at the top level, without comments and outer spaces, and the index of its closing bracket. */
export type Group = { readonly items: readonly string[]; readonly end: number };

/**
 * Reads the group that opens at `open`, in linear time; `null` when it is not closed or its brackets do not match.
 * Quoted strings, comments and descriptor decorations are opaque.
 */
export const readGroup = (text: string, open: number): Group | null => {
  const items: string[] = [];
  const stack: string[] = [];
  let item = '';
  let from = open + 1;
  for (let at = open; at < text.length; ) {
    const char = text[at] ?? '';
    const closer = closers.get(char);
    if (closer !== undefined) stack.push(closer);
    else if (isCloser(char) && stack.pop() !== char) return null;
    if (stack.length === 0) return { items: finish(items, item + text.slice(from, at)), end: at };
    const next = skipToken(text, at);
    if (char === ',' && stack.length === 1) {
      items.push((item + text.slice(from, at)).trim());
      item = '';
      from = next;
    } else if (char === '/' && next > at + 1) {
      item += text.slice(from, at);
      from = next;
    }
    at = next;
  }
  return null;
};

/**
 * `text` with the content of its strings taken out, in linear time; `null` when a string is not closed. A backslash escapes outside strings too: so a
 * line that was cut inside a string and goes on with whole calls always has one that is not closed.
 */
export const withoutStrings = (text: string): string | null => {
  const parts: string[] = [];
  for (let at = 0; at < text.length; ) {
    quoteOrEscape.lastIndex = at;
    const found = quoteOrEscape.exec(text)?.index ?? text.length;
    parts.push(text.slice(at, found + 1));
    at = text[found] === '"' ? skipQuoted(text, found) : found + 2;
    if (text[found] === '"' && at > text.length) return null;
  }
  return parts.join('');
};

/** Index after the token at `at`: a string, a comment, a decoration, an escaped character or one character; beyond the end when it is not closed. */
const skipToken = (text: string, at: number): number => {
  switch (text[at]) {
    case '"':
      return skipQuoted(text, at);
    case '\\':
      return at + 2;
    case '/':
      return text[at + 1] === '*' ? after(text, '*/', at + 2) : at + 1;
    case '<':
      return isDecoration(text, at) ? skipDecoration(text, at) : at + 1;
    default:
      return at + 1;
  }
};

const finish = (items: string[], last: string): string[] => {
  const item = last.trim();
  return item === '' && items.length === 0 ? [] : [...items, item];
};

const skipQuoted = (text: string, open: number): number => {
  for (let at = open + 1; at < text.length; at += 1) {
    if (text[at] === '\\') at += 1;
    else if (text[at] === '"') return at + 1;
  }
  return text.length + 1;
};

/** `3<TCP:[1->2]>`, `3</dev/null<char 1:3>>`, `AT_FDCWD</tmp>`: not `16 <unfinished ...>`, not `1<<3`. */
const isDecoration = (text: string, at: number): boolean => /\w/.test(text[at - 1] ?? '') && text[at + 1] !== '<';

const skipDecoration = (text: string, open: number): number => {
  socketDecoration.lastIndex = open;
  const isSocket = socketDecoration.test(text);
  let depth = 0;
  for (let at = open; at < text.length; at += 1) {
    const char = text[at];
    if (char === '\\') at += 1;
    else if (char === '"' && isSocket) at = skipQuoted(text, at) - 1;
    else if (char === '<') depth += 1;
    else if (char === '>' && isSocket && text[at - 1] === ']') return at + 1;
    else if (char === '>' && !isSocket && --depth === 0) return at + 1;
  }
  return text.length + 1;
};

const after = (text: string, end: string, from: number): number => {
  const at = text.indexOf(end, from);
  return at === -1 ? text.length + 1 : at + end.length;
};

const isCloser = (char: string): boolean => char === ')' || char === ']' || char === '}';
const closers = new Map([
  ['(', ')'],
  ['[', ']'],
  ['{', '}'],
]);
const quoteOrEscape = /["\\]/g;
const socketDecoration = /<[A-Z][\w-]*:\[/y;
