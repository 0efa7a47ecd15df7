import { type TestCall, testCallsOf } from './calls.js';
import { type Token, tokensOf } from './tokens.js';

/** One comment `netaudit-allow TARGET REASON`. Line and column count from 1. */
export type Directive = {
  readonly target: string;
  readonly reason: string;
  readonly line: number;
  readonly column: number;
  /** The call whose tests it is for; null for the file. */
  readonly call: TestCall | null;
};

export type Directives = { readonly directives: readonly Directive[]; readonly calls: readonly TestCall[] };

/**
 * The directives of a test file: comments that begin with `netaudit-allow`. One that stands inside a call that makes a test or a suite, or on the
 * lines right above it, is for what the innermost such call makes; any other is for the file. `file`: its name, for JSX.
 */
export const directivesOf = (source: string, file: string): Directives => {
  if (!source.includes(WORD)) return { directives: [], calls: [] };
  const tokens = tokensOf(source, !/\.[cm]?ts$/.test(file));
  const calls = testCallsOf(tokens.filter((token) => token.kind !== 'comment'));
  const lines = linesOf(source);
  const occupied = occupiedLines(tokens, lines);
  const directives = tokens.flatMap((token) =>
    token.kind === 'comment' && token.text.includes(WORD)
      ? statementsIn(token, lines).map((statement) => ({ ...statement, call: callFor({ token, lines, occupied, calls }) }))
      : [],
  );
  return { directives, calls };
};

type Lines = { readonly starts: readonly number[]; of(offset: number): number };

const linesOf = (source: string): Lines => {
  const starts = [0, ...[...source.matchAll(/\r\n|[\n\r\u2028\u2029]/g)].map((found) => found.index + found[0].length)];
  return { starts, of: (offset) => lastNotAfter(starts, offset) + 1 };
};

const lastNotAfter = (starts: readonly number[], offset: number): number => {
  let low = 0;
  let high = starts.length;
  while (high - low > 1) {
    const middle = (low + high) >>> 1;
    if ((starts[middle] ?? 0) <= offset) low = middle;
    else high = middle;
  }
  return low;
};

/** Line → whether code stands on it (true), or only comments. Blank lines are absent. */
const occupiedLines = (tokens: readonly Token[], lines: Lines): Map<number, boolean> => {
  const occupied = new Map<number, boolean>();
  for (const token of tokens) {
    const last = lines.of(token.end - 1);
    for (let line = lines.of(token.start); line <= last; line += 1) {
      occupied.set(line, occupied.get(line) === true || token.kind !== 'comment');
    }
  }
  return occupied;
};

/** Each line of a comment may be a directive. */
const statementsIn = (token: Token, lines: Lines): Omit<Directive, 'call'>[] => {
  const inner = token.text.endsWith('*/') && token.text.startsWith('/*') ? token.text.slice(0, -2) : token.text;
  return [...inner.matchAll(STATEMENT)].map((found) => {
    const offset = token.start + found.index + (found[1]?.length ?? 0);
    const line = lines.of(offset);
    const { target = '', reason = '' } = found.groups ?? {};
    return { target, reason: reason.trim(), line, column: offset - (lines.starts[line - 1] ?? 0) + 1 };
  });
};

type Place = {
  readonly token: Token;
  readonly lines: Lines;
  readonly occupied: ReadonlyMap<number, boolean>;
  readonly calls: readonly TestCall[];
};

const callFor = ({ token, lines, occupied, calls }: Place): TestCall | null => {
  const first = lines.of(token.start);
  let line = lines.of(token.end - 1);
  const around = calls.findLast((call) => lines.of(call.start) <= first && line <= lines.of(call.end - 1)) ?? null;
  if (occupied.get(first) || occupied.get(line)) return around;
  do line += 1;
  while (occupied.get(line) === false);
  return calls.find((call) => lines.of(call.start) === line) ?? around;
};

const WORD = 'netaudit-allow';
/** After the sign that opens the comment, or a `*` at the beginning of a further line. */
const STATEMENT = /^((?:\/\/+|\/\*+)?[^\S\n]*\**[^\S\n]*)netaudit-allow(?![\w-])[^\S\n]*(?<target>\S*)(?<reason>.*)$/gm;
