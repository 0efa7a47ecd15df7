import type { LineCounter, Node } from 'yaml';
import { yaml } from '../libraries/load.js';
import type { BaselineEntry } from '../model/baseline.js';
import { NetauditError } from '../model/error.js';
import { printable } from '../model/printable.js';
import { tooDeepAt } from '../yaml/depth.js';
import { parsePlain } from './plain.js';

/** The entries in the text of a baseline file; throws BASELINE_SYNTAX with file, line and column of the first mistake, and the others. */
export const parseBaseline = (text: string, file: string): readonly BaselineEntry[] => {
  const plain = parsePlain(text);
  if (plain) return plain;
  if (text.length > LONGEST) throw new NetauditError('BASELINE_SYNTAX', tooLong(text, file));
  const lines = new (yaml().LineCounter)();
  const mistakes: Mistake[] = [];
  const entries = readAll(text, lines, (at, found, allowed) => void mistakes.push({ at, found, allowed }));
  if (mistakes.length > 0) throw errorOf(mistakes, file, lines);
  return entries;
};

type Mistake = { readonly at: number; readonly found: string; readonly allowed?: string | undefined };
type Refuse = (at: number, found: string, allowed?: string) => void;

/** An entry of a file that we wrote is plain: no anchors, no tags, nothing to resolve. */
const readAll = (text: string, lineCounter: LineCounter, refuse: Refuse): BaselineEntry[] => {
  const deep = tooDeepAt(text);
  if (deep !== null) refuse(deep, 'the file is nested too deeply');
  if (deep !== null) return [];
  const document = yaml().parseDocument(text, { lineCounter, prettyErrors: false, uniqueKeys: false, schema: 'failsafe' });
  for (const { pos, message } of [...document.errors, ...document.warnings].slice(0, MOST)) refuse(pos[0], conflictOr(text, message));
  if (document.errors.length > 0) return [];
  const root = fieldsOf(document.contents, ['version', 'known'], 'the baseline', refuse);
  if (!root) return [];
  const version = root.get('version');
  if (textOf(version) !== '1') refuse(startOf(version ?? document.contents), 'the version of the baseline is missing or not known', '1');
  const known = root.get('known');
  if (yaml().isSeq(known)) return known.items.flatMap((item) => entryOf(item as Node, refuse) ?? []);
  refuse(startOf(known ?? document.contents), 'the baseline has no list of what is known', 'known: with a list; [] for none');
  return [];
};

const entryOf = (node: Node, refuse: Refuse): BaselineEntry | null => {
  const fields = fieldsOf(node, ['file', 'project', 'test', 'hooks', 'during', 'to'], 'an entry', refuse);
  if (!fields) return null;
  const text = (name: string): string | undefined => textOf(fields.get(name), refuse);
  const { file, project, test, hooks, during, to } = Object.fromEntries(names.map((name) => [name, text(name)]));
  if (!fields.has('to')) refuse(startOf(node), 'the entry does not say where it goes', 'to: "host:port", "address:port" or "unix:/path"');
  const kinds = [test, hooks, during].filter((value) => value !== undefined);
  if (kinds.length !== 1) refuse(startOf(node), 'the entry does not name one scope', 'one of test, hooks, during');
  if (during !== undefined && during !== 'run' && during !== 'import' && during !== 'file')
    refuse(startOf(fields.get('during')), `during is '${printable(during)}'`, 'import, file, run');
  if (fields.has('file') === (during === 'run')) refuse(startOf(node), 'the entry names no file', 'file, or during: run');
  if (to === undefined) return null;
  const kind = test !== undefined ? 'test' : hooks !== undefined ? 'suite' : (during as 'import');
  return { ...(project && { project }), file: file ?? null, kind, title: test ?? hooks ?? '', to };
};

/** The values by their keys; null when there is a mistake among the keys, which is told. */
const fieldsOf = (node: Node | null, known: readonly string[], what: string, refuse: Refuse): Map<string, Node | null> | null => {
  const { isMap, isScalar } = yaml();
  if (!isMap(node)) {
    refuse(startOf(node), `${what} is not a mapping`, `the keys ${known.join(', ')}`);
    return null;
  }
  const fields = new Map<string, Node | null>();
  const whole = node.items.filter(({ key, value }) => {
    const name = isScalar(key) ? String(key.value) : '';
    const mistake = known.includes(name)
      ? fields.has(name)
        ? `the key '${name}' stands there twice`
        : null
      : `unknown key '${printable(name)}'`;
    if (mistake !== null) refuse(startOf(key as Node), mistake, known.join(', '));
    fields.set(name, value as Node | null);
    return mistake === null;
  });
  return whole.length === node.items.length ? fields : null;
};

const textOf = (node: Node | null | undefined, refuse?: Refuse): string | undefined => {
  if (node === undefined) return undefined;
  if (yaml().isScalar(node) && typeof node.value === 'string') return node.value;
  refuse?.(startOf(node), 'the value is not text');
  return undefined;
};

const startOf = (node: Node | null | undefined): number => node?.range?.[0] ?? 0;

/** Git's marks are the likeliest mistake in a file that two branches change. */
const conflictOr = (text: string, message: string): string =>
  /^(<{7}|={7}|>{7})( |$)/m.test(text) ? 'the file holds a merge conflict: keep the lines of both sides, without the marks' : message;

const errorOf = (mistakes: readonly Mistake[], file: string, lines: LineCounter): NetauditError => {
  const [first, ...others] = mistakes
    .toSorted((one, other) => one.at - other.at)
    .slice(0, MOST)
    .map(({ at, found, allowed }) => {
      const { line, col } = lines.linePos(at);
      return { at: { file, line: Math.max(line, 1), column: Math.max(col, 1) }, found, ...(allowed !== undefined && { allowed }) };
    });
  if (!first) throw new TypeError('an error needs a mistake');
  const rest = others.filter(({ found }) => found !== first.found || !found.includes('merge conflict'));
  return new NetauditError('BASELINE_SYNTAX', {
    ...first,
    ...(rest.length > 0 && { others: rest.map((each) => new NetauditError('BASELINE_SYNTAX', each).message) }),
  });
};

const names = ['file', 'project', 'test', 'hooks', 'during', 'to'] as const;
/** Time to read YAML grows with its size; what we write is read faster. */
const LONGEST = 256 * 1024;
const tooLong = (text: string, file: string) => ({
  at: { file, line: 1, column: 1 },
  found: conflictOr(text, 'the baseline is larger than 256 KiB, and not as netaudit writes it'),
  fix: "write it anew: 'netaudit baseline REPORT'",
});
const MOST = 20;
