/** A piece of JavaScript or TypeScript source, from `start` up to `end`. White space and the text of JSX elements are none. */
export type Token = {
  readonly kind: 'comment' | 'string' | 'template' | 'pattern' | 'word' | 'sign';
  readonly start: number;
  readonly end: number;
  /** As it stands in the source. */
  readonly text: string;
};

/**
 * The tokens of a source, well enough to tell comments from strings, templates, regular expressions (ECMA-262 §12) and JSX text; no parser:
 * where the grammar would be needed (`/` and `<` after `}` or `)`), an operator is assumed. `jsx` false for files that have none.
 */
export const tokensOf = (source: string, jsx: boolean): Token[] => {
  const reader = new Reader(source, jsx);
  for (const frame of reader) step[frame.kind](reader, frame);
  // A `<` that opened no element: a type parameter, say.
  return jsx && reader.insideElement ? tokensOf(source, false) : reader.tokens;
};

type Frame =
  /** Code, inside so many braces; the brace that closes none of them ends the frame. */
  | { readonly kind: 'code'; braces: number }
  | { readonly kind: 'template'; readonly start: number; readonly tokens: number }
  /** Inside `<…>`; `closing`: of `</…>`. */
  | { readonly kind: 'tag'; readonly closing: boolean }
  | { readonly kind: 'children' };

class Reader implements Iterable<Frame> {
  readonly tokens: Token[] = [];
  readonly frames: Frame[] = [{ kind: 'code', braces: 0 }];
  readonly source: string;
  readonly jsx: boolean;
  at = 0;

  constructor(source: string, jsx: boolean) {
    this.source = source;
    this.jsx = jsx;
  }

  /** The innermost frame, again and again until the end of the source. */
  *[Symbol.iterator](): Generator<Frame> {
    for (let frame = this.frames.at(-1); frame && this.at < this.source.length; frame = this.frames.at(-1)) yield frame;
  }

  /** Whether the pattern, which is sticky, matches here; passes what it matches. */
  take(pattern: RegExp): string | null {
    pattern.lastIndex = this.at;
    const found = pattern.exec(this.source)?.[0];
    if (found) this.at += found.length;
    return found || null;
  }

  takeToken(kind: Token['kind'], pattern: RegExp): boolean {
    const text = this.take(pattern);
    if (text) this.add(kind, text);
    return text !== null;
  }

  add(kind: Token['kind'], text: string): void {
    this.tokens.push({ kind, start: this.at - text.length, end: this.at, text });
  }

  /** Whether a value may begin here: not right after another one. */
  get expectsValue(): boolean {
    const last = this.tokens.findLast((token) => token.kind !== 'comment');
    if (!last) return true;
    if (last.kind === 'word') return KEYWORDS.has(last.text);
    return last.kind === 'sign' && ![')', ']', '}'].includes(last.text);
  }

  get insideElement(): boolean {
    return this.frames.some((frame) => frame.kind === 'tag' || frame.kind === 'children');
  }
}

const inCode = (reader: Reader, frame: Frame & { kind: 'code' }): void => {
  if (reader.take(SPACE) || PLAIN.some(([kind, pattern]) => reader.takeToken(kind, pattern))) return;
  if (reader.take(/`/y)) reader.frames.push({ kind: 'template', start: reader.at - 1, tokens: reader.tokens.length });
  else if (reader.expectsValue && reader.takeToken('pattern', PATTERN)) return;
  else if (reader.jsx && reader.expectsValue && reader.take(ELEMENT)) reader.frames.push({ kind: 'tag', closing: false });
  else inBraces(reader, frame, reader.take(ANY) ?? '');
};

const inBraces = (reader: Reader, frame: Frame & { kind: 'code' }, sign: string): void => {
  if (sign === '}' && frame.braces === 0 && reader.frames.length > 1) {
    reader.frames.pop();
    return;
  }
  if (sign === '{') frame.braces += 1;
  if (sign === '}') frame.braces = Math.max(0, frame.braces - 1);
  reader.add('sign', sign);
};

/** A template is one token, whatever is in it. */
const inTemplate = (reader: Reader, { start, tokens }: Frame & { kind: 'template' }): void => {
  if (reader.take(/(?:[^`\\$]|\\[\s\S]|\$(?!\{))+/y)) return;
  if (reader.take(/\$\{/y)) return void reader.frames.push({ kind: 'code', braces: 0 });
  reader.at += 1;
  if (reader.source[reader.at - 1] !== '`') return;
  reader.frames.pop();
  reader.tokens.splice(tokens, Number.POSITIVE_INFINITY, {
    kind: 'template',
    start,
    end: reader.at,
    text: reader.source.slice(start, reader.at),
  });
};

const inTag = (reader: Reader, { closing }: Frame & { kind: 'tag' }): void => {
  if (reader.take(/(?:[^{}<>"'/]|\/(?!>)|"[^"]*"|'[^']*')+/y)) return;
  if (reader.take(/\{/y)) return void reader.frames.push({ kind: 'code', braces: 0 });
  const end = reader.take(/\/?>/y);
  if (!end) {
    reader.at += 1;
    return;
  }
  reader.frames.pop();
  if (end === '>' && !closing) reader.frames.push({ kind: 'children' });
  else if (closing) reader.frames.pop();
  // An element is a value, as a regular expression is: an operator follows.
  if (reader.frames.at(-1)?.kind === 'code') reader.add('pattern', end);
};

const inChildren = (reader: Reader): void => {
  if (reader.take(/[^<{]+/y)) return;
  if (reader.take(/\{/y)) reader.frames.push({ kind: 'code', braces: 0 });
  else if (reader.take(/<\//y)) reader.frames.push({ kind: 'tag', closing: true });
  else if (reader.take(/</y)) reader.frames.push({ kind: 'tag', closing: false });
};

const step = { code: inCode, template: inTemplate, tag: inTag, children: inChildren } as {
  readonly [Kind in Frame['kind']]: (reader: Reader, frame: Frame) => void;
};

const PLAIN: readonly (readonly [Token['kind'], RegExp])[] = [
  ['comment', /\/\/[^\n\r\u2028\u2029]*|\/\*[\s\S]*?(?:\*\/|$)/y],
  // One that is not closed ends with its line.
  ['string', /"(?:[^"\\\n\r]+|\\(?:\r\n|[\s\S]))*"?|'(?:[^'\\\n\r]+|\\(?:\r\n|[\s\S]))*'?/y],
  ['word', /[\p{ID_Start}$_\p{N}#@][\p{ID_Continue}$\u200c\u200d]*/uy],
];
const SPACE = /\s+/y;
const ANY = /=>|\?\.|[\s\S]/y;
const PATTERN = /\/(?![*/])(?:[^\\/[\n\r]|\\[^\n\r]|\[(?:[^\]\\\n\r]|\\[^\n\r])*\])+\/\w*/y;
/** Not the type parameters of an arrow function: `<T,>(…) =>`, `<T extends U>(…) =>`. */
const ELEMENT = /<(?=>|[\p{ID_Start}$_])(?!\s*[\w$]+\s*(?:,|extends\s+[^=\s]))/uy;
/** Words that a value may follow (ECMA-262 §12.7.2). */
const KEYWORDS = new Set('await case delete do else in instanceof new of return throw typeof void yield'.split(' '));
