import type { Token } from './tokens.js';

/** A call that makes tests or a suite: `test('title', …)`, `it.each(table)('title %s', …)`, `describe('title', …)`. */
export type TestCall = {
  readonly kind: 'test' | 'suite';
  readonly title: Title;
  /** Offsets, from the callee's first letter to the closing bracket. */
  readonly start: number;
  readonly end: number;
};

/** What a title may be: one text, or a pattern where it is put together when the tests are made. */
export type Title = string | RegExp;

/** The calls in a source that make tests or suites, outermost first, in the order of the source. Comments must have been left out. */
export const testCallsOf = (tokens: readonly Token[]): TestCall[] => {
  const pairs = pairsOf(tokens);
  return tokens
    .flatMap((token, index) => (token.text === '(' && token.kind === 'sign' ? (testCall(tokens, pairs, index) ?? []) : []))
    .toSorted((one, other) => one.start - other.start || other.end - one.end);
};

const testCall = (tokens: readonly Token[], pairs: ReadonlyMap<number, number>, open: number): TestCall | null => {
  const close = pairs.get(open) ?? tokens.length - 1;
  const callee = calleeBefore(tokens, pairs, open);
  const kind = callee && kindOf(callee);
  const comma = commaIn(tokens, pairs, open, close);
  if (!callee || !kind || comma === null) return null;
  const made = callee.names.some((name) => name === 'each' || name === 'for');
  const title = titleOf(tokens.slice(open + 1, comma), made);
  return { kind, title, start: tokens[callee.first]?.start ?? 0, end: tokens[close]?.end ?? 0 };
};

/** Bracket → its partner, both ways; one that is left open has none. */
const pairsOf = (tokens: readonly Token[]): Map<number, number> => {
  const pairs = new Map<number, number>();
  const open: number[] = [];
  for (const [index, { kind, text }] of tokens.entries()) {
    if (kind !== 'sign') continue;
    if ('([{'.includes(text)) open.push(index);
    if (!')]}'.includes(text)) continue;
    const partner = open.pop();
    if (partner === undefined) continue;
    pairs.set(partner, index).set(index, partner);
  }
  return pairs;
};

type Callee = { readonly names: readonly string[]; readonly first: number; readonly called: boolean };

/** The names of `a.b.c`, `a.b(…)` and `` a.b`…` `` right before a bracket. `called`: there is such a call or template at its end. */
const calleeBefore = (tokens: readonly Token[], pairs: ReadonlyMap<number, number>, open: number): Callee | null => {
  const names: string[] = [];
  let called = false;
  for (let index = beforeTypes(tokens, open - 1); index >= 0; ) {
    const token = tokens[index];
    if (token?.kind === 'word') {
      names.unshift(token.text);
      if (!['.', '?.'].includes(tokens[index - 1]?.text ?? '')) return { names, first: index, called };
      index -= 2;
    } else if (token?.text === ')' && isImported(tokens, pairs.get(index))) {
      index -= 1;
    } else if (token?.kind === 'template' || token?.text === ')') {
      called ||= names.length === 0;
      index = beforeTypes(tokens, (token.kind === 'template' ? index : (pairs.get(index) ?? 0)) - 1);
    } else return null;
  }
  return null;
};

/** `(0, a.b)`: what compilers to CommonJS make of an imported `b` that is called. */
const isImported = (tokens: readonly Token[], open: number | undefined): boolean =>
  open !== undefined && tokens[open + 1]?.text === '0' && tokens[open + 2]?.text === ',';

/** Index before type arguments `<…>` that end at `index`. */
const beforeTypes = (tokens: readonly Token[], index: number): number => {
  if (tokens[index]?.text !== '>') return index;
  let depth = 0;
  for (let at = index; at >= 0; at -= 1) {
    const text = tokens[at]?.text ?? '';
    if (text === '>') depth += 1;
    if (text === '<') depth -= 1;
    if (depth === 0) return at - 1;
    if (text === ';') return index;
  }
  return index;
};

/** `test.concurrent.only` yes, `test.beforeEach` no; `each`, `for`, `skipIf` and `runIf` return what makes the tests. */
const kindOf = ({ names, called }: Callee): TestCall['kind'] | null => {
  const base = names.findLastIndex((name) => baseKind(name) !== null);
  const after = names.slice(base + 1);
  if (base < 0 || !after.every((name) => MODIFIERS.has(name) || RETURNING.has(name))) return null;
  if (RETURNING.has(after.at(-1) ?? '') !== called) return null;
  return baseKind(names[base] ?? '');
};

/** Also of a test function of the user's own, such as `dbTest` or `testWithDb`. */
const baseKind = (name: string): TestCall['kind'] | null => {
  if (/^(?:[fx]?(?:describe|suite|context))$|^describe[A-Z_]|Describe$/.test(name)) return 'suite';
  return /^(?:[fx]?(?:test|it|specify))$|^(?:test|it)[A-Z_]|(?:Test|It)$/.test(name) ? 'test' : null;
};

/** The comma after the first argument, which all of these calls have; null when there is but one argument. */
const commaIn = (tokens: readonly Token[], pairs: ReadonlyMap<number, number>, open: number, close: number): number | null => {
  for (let index = open + 1; index < close; index += 1) {
    const token = tokens[index];
    if (token?.kind === 'sign' && token.text === ',') return index + 1 < close ? index : null;
    if (token?.kind === 'sign' && '([{'.includes(token.text)) index = pairs.get(index) ?? close;
  }
  return null;
};

/** `made`: by `each` or `for`, which put values in the place of `%s` and `$name`. */
const titleOf = (tokens: readonly Token[], made: boolean): Title => {
  const [token] = tokens;
  if (!token || tokens.length > 1 || (token.kind !== 'string' && token.kind !== 'template')) return /^/;
  const text = token.text.slice(1, -1);
  const isPlain = !text.includes('\\') && !(token.kind === 'template' && text.includes('${')) && !(made && /[%$]/.test(text));
  return isPlain
    ? text
    : new RegExp(
        `^${text
          .split(token.kind === 'template' ? TEMPLATE_PARTS : STRING_PARTS)
          .map((part, index) => patternOf(part, index, made))
          .join('')}$`,
        's',
      );
};

/** At even places plain text, at odd ones an escape or a `${…}`. */
const patternOf = (part: string, index: number, made: boolean): string => {
  if (index % 2 === 1) return part.startsWith('$') ? '.*' : '.{0,2}';
  const pieces = made ? part.split(/%[%\w#$]|\$[\w#][\w#.$[\]]*/) : [part];
  return pieces.map((piece) => piece.replace(/[\\^$.*+?()[\]{}|/]/g, '\\$&')).join('.*');
};

const STRING_PARTS = /(\\(?:u\{[^}]*\}|u[\da-f]{4}|x[\da-f]{2}|\r\n|[\s\S]))/i;
const TEMPLATE_PARTS = /(\$\{[^{}]*\}|\$\{.*\}|\\(?:u\{[^}]*\}|u[\da-f]{4}|x[\da-f]{2}|\r\n|[\s\S]))/is;
const MODIFIERS = new Set(['only', 'skip', 'todo', 'concurrent', 'sequential', 'shuffle', 'fails', 'failing', 'serial', 'parallel']);
const RETURNING = new Set(['each', 'for', 'skipIf', 'runIf']);
