import type { Document, LineCounter, Pair, YAMLMap, YAMLSeq } from 'yaml';
import { yaml } from '../libraries/load.js';
import { NetauditError } from '../model/error.js';

/**
 * The text of a policy with entries added at the end of its list `allowlist`: every byte that was there stays, comments and order too. Entries are
 * lines, not indented. Throws ALLOWLIST_SYNTAX where the list is written in a way that can not be added to. The policy has to be one that was read.
 */
export const insertEntries = (text: string, entries: readonly (readonly string[])[], file: string): string => {
  if (entries.length === 0) return text;
  const { isMap, isScalar, isSeq, LineCounter, parseDocument } = yaml();
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines, prettyErrors: false, uniqueKeys: false });
  const { contents } = document;
  if (document.errors.length > 0 || !isMap(contents) || contents.flow) throw refuse(file, lines, contents?.range?.[0] ?? 0);
  const pair = contents.items.find(({ key }) => isScalar(key) && key.value === 'allowlist');
  if (!pair) return addKey(text, contents, document, entries);
  if (isScalar(pair.value) && pair.value.value === null) return addBelow(text, endOfKey(pair), entries);
  if (!isSeq(pair.value)) throw refuse(file, lines, startOf(pair));
  if (!pair.value.flow) return addItems(text, pair.value, entries);
  if (pair.value.items.length > 0) throw refuse(file, lines, startOf(pair.value));
  const [from = 0, to = 0] = pair.value.range ?? [];
  return addBelow(text.slice(0, from).trimEnd() + text.slice(to), text.slice(0, from).trimEnd().length, entries);
};

type Entries = readonly (readonly string[])[];

/** After the last item, in its indentation. */
const addItems = (text: string, list: YAMLSeq, entries: Entries): string => {
  const first = startOf(list);
  const column = first - (text.lastIndexOf('\n', first - 1) + 1);
  return insertAt(text, endOfLine(text, valueEnd(list.items.at(-1)) ?? first), ' '.repeat(column), entries);
};

const addBelow = (text: string, at: number, entries: Entries): string => insertAt(text, endOfLine(text, at), '  ', entries);

/** After the last key, before an end of the document. */
const addKey = (text: string, root: YAMLMap, _document: Document, entries: Entries): string => {
  const at = endOfLine(text, valueEnd(root) ?? 0);
  return insertAt(text, at, '', [['allowlist:', ...entries.flatMap((lines) => lines.map((line) => `  ${line}`))]]);
};

const insertAt = (text: string, at: number, indent: string, entries: Entries): string => {
  const end = text.includes('\r\n') ? '\r\n' : '\n';
  const added = entries.flatMap((lines) => lines.map((line) => `${indent}${line}${end}`)).join('');
  const before = text.slice(0, at);
  return `${before}${before === '' || before.endsWith('\n') ? '' : end}${added}${text.slice(at)}`;
};

/** The offset after the line in which `offset` is; a block scalar ends with its line. */
const endOfLine = (text: string, offset: number): number => {
  if (text[offset - 1] === '\n') return offset;
  const next = text.indexOf('\n', offset);
  return next === -1 ? text.length : next + 1;
};

const startOf = (node: unknown): number => {
  const { range, key } = node as { range?: readonly number[] | null; key?: unknown };
  return range?.[0] ?? (key ? startOf(key) : 0);
};

const endOfKey = (pair: Pair): number => valueEnd(pair.key) ?? 0;

const valueEnd = (node: unknown): number | undefined => (node as { range?: readonly number[] | null } | undefined)?.range?.[1];

const refuse = (file: string, lines: LineCounter, offset: number): NetauditError => {
  const { line, col } = lines.linePos(offset);
  return new NetauditError('ALLOWLIST_SYNTAX', {
    at: { file, line: Math.max(line, 1), column: Math.max(col, 1) },
    found: 'an entry can not be added here without changing what is there',
    allowed: 'a list with one entry a line, each beginning with -',
    fix: 'write the list so, or add the entry by hand',
  });
};
