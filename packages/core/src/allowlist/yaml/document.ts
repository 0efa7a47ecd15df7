import type { Document, LineCounter } from 'yaml';
import { yaml } from '../../libraries/load.js';
import type { AcceptableBlindSpot } from '../../model/blind-spot.js';
import type { Position } from '../../model/error.js';
import type { FindingPolicy } from '../../model/finding.js';
import { tooDeepAt } from '../../yaml/depth.js';
import type { Loopback } from '../builtins.js';
import type { RuleEntry } from '../policy-rule.js';
import type { Rule } from '../rule.js';
import { type PolicySchema, policySchema } from '../schema/policy.js';
import { readEntry } from './entry.js';
import { collectMistakes, type Mistakes } from './mistakes.js';
import { type Placed, placeDocument } from './placed.js';
import { noteIssues } from './problems.js';

/** What an allowlist file says. */
export type AllowListFile = {
  readonly rules: readonly Rule[];
  readonly deny: readonly Rule[];
  readonly entries: readonly RuleEntry[];
  /** Settings are undefined where the file does not say them. */
  readonly includesBuiltins: boolean | undefined;
  readonly loopback: Loopback | undefined;
  readonly findings: Partial<FindingPolicy> | undefined;
  readonly acceptBlindSpots: readonly AcceptableBlindSpot[] | undefined;
  /** The policies that it builds on, in order. */
  readonly extends: readonly Extension[];
};

/** The name of a file or package, and where it is written. */
export type Extension = { readonly name: string; readonly at: Position };

/** Reads the text of a `netaudit.yaml`; throws one NetauditError for the first mistake, with the others listed in it. */
export const parseAllowList = (text: string, file: string): AllowListFile => {
  const lines = new (yaml().LineCounter)();
  const mistakes = collectMistakes({ text, file, lines });
  return readFile(placeDocument(parse(text, lines, mistakes), mistakes), mistakes);
};

/** `uniqueKeys` is off because it compares every key with every other; `readFields` finds duplicates, and where they are. */
const parse = (text: string, lineCounter: LineCounter, mistakes: Mistakes): Document.Parsed => {
  const deep = tooDeepAt(text);
  const document = yaml().parseDocument(deep === null ? text : '', { lineCounter, prettyErrors: false, uniqueKeys: false });
  if (deep !== null) mistakes.fail(deep, 'ALLOWLIST_SYNTAX', { found: 'the file is nested too deeply' });
  for (const { pos, code, message } of [...document.errors, ...document.warnings].slice(0, MOST_PROBLEMS)) {
    mistakes.add(pos[0], 'ALLOWLIST_SYNTAX', { found: code === 'MULTIPLE_DOCS' ? 'the file holds a second YAML document' : message });
  }
  mistakes.throwIfAny();
  refuseAliasBombs(document, mistakes);
  return document;
};

/** `toJS` counts what aliases come to; its value is not used. It takes aliases of empty lists for nothing, and long for many. */
const refuseAliasBombs = (document: Document.Parsed, mistakes: Mistakes): void => {
  const { count, first } = countAliases(document);
  const allowed = 'plain values, and few aliases';
  if (count > MAX_ALIASES) mistakes.fail(first, 'ALLOWLIST_SYNTAX', { found: `the file has ${count} aliases`, allowed });
  try {
    document.toJS({ maxAliasCount: MAX_ALIASES });
  } catch (cause) {
    const found = cause instanceof Error ? cause.message : 'the aliases cannot be resolved';
    mistakes.fail(first, 'ALLOWLIST_SYNTAX', { found, allowed, cause });
  }
};

const countAliases = (document: Document.Parsed): { readonly count: number; readonly first: number } => {
  const offsets: number[] = [];
  yaml().visit(document, { Alias: (_key, alias) => void offsets.push(alias.range?.[0] ?? 0) });
  return { count: offsets.length, first: offsets[0] ?? 0 };
};

const readFile = (placed: Placed, mistakes: Mistakes): AllowListFile => {
  if (placed.value === null) return mistakes.fail(0, 'ALLOWLIST_VALUE', { found: 'the file is empty', fix: 'begin with: version: 1' });
  const { file, kinds } = policySchema();
  const parsed = file.safeParse(placed.value);
  noteIssues(parsed.error?.issues ?? [], placed, { what: 'the file', keys: Object.keys(file.shape) }, mistakes);
  const allowing = readEntries('allowlist', placed, { kinds: kinds.allowlist, mistakes });
  const denying = readEntries('deny', placed, { kinds: kinds.deny, mistakes });
  mistakes.throwIfAny();
  const { includes_builtins: includesBuiltins, loopback, findings, accept_blind_spots: acceptBlindSpots } = parsed.data ?? {};
  return {
    ...{ includesBuiltins, loopback, findings, acceptBlindSpots },
    extends: extensionsOf(placed, mistakes),
    rules: allowing.map(({ rule }) => rule),
    deny: denying.map(({ rule }) => rule),
    entries: [...allowing, ...denying],
  };
};

/** The schema has checked that these are texts. */
const extensionsOf = ({ inside }: Placed, mistakes: Mistakes): readonly Extension[] => {
  const written = inside.get('extends');
  const items = written && written.inside.size > 0 ? [...written.inside.values()] : written ? [written] : [];
  return items.map(({ value, at }) => ({ name: String(value), at: mistakes.positionOf(at) }));
};

type Means = { readonly kinds: PolicySchema['kinds']['allowlist' | 'deny']; readonly mistakes: Mistakes };

/** The rules of one list; none where it is no list, which has been noted. */
const readEntries = (key: 'allowlist' | 'deny', file: Placed, { kinds, mistakes }: Means): readonly RuleEntry[] => {
  const list = file.inside.get(key);
  if (!Array.isArray(list?.value)) return [];
  if (list.value.length > MOST_RULES)
    mistakes.fail(list.at, 'ALLOWLIST_VALUE', { found: `${key} has ${list.value.length} entries`, allowed: `at most ${MOST_RULES}` });
  return [...list.inside.values()].flatMap((placed) => {
    if (mistakes.isFull()) return [];
    const rule = readEntry(placed, { kinds, mistakes, list: key });
    const effect = key === 'deny' ? 'deny' : 'allow';
    return rule ? [{ ...rule, effect, at: mistakes.positionOf(placed.at), written: placed.value as object }] : [];
  });
};

const MAX_ALIASES = 100;
const MOST_PROBLEMS = 20;
const MOST_RULES = 10_000;
