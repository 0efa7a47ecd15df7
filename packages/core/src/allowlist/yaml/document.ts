import { type Document, isAlias, isSeq, LineCounter, parseDocument, visit } from 'yaml';
import type { AcceptableBlindSpot } from '../../model/blind-spot.js';
import type { FindingPolicy } from '../../model/finding.js';
import { tooDeepAt } from '../../yaml/depth.js';
import type { Rule } from '../rule.js';
import { readBlindSpots } from './blind-spots.js';
import { readEntry } from './entry.js';
import { type Field, readFields } from './fields.js';
import { readFindings } from './findings.js';
import { collectMistakes, type Mistakes } from './mistakes.js';
import { booleanIn, type Resolve } from './values.js';

/** What an allowlist file says. */
export type AllowListFile = {
  readonly rules: readonly Rule[];
  readonly includesBuiltins: boolean;
  readonly findings: FindingPolicy;
  readonly acceptBlindSpots: readonly AcceptableBlindSpot[];
};

/** Reads the text of a `netaudit.yaml`; throws one NetauditError for the first mistake, with the others listed in it. */
export const parseAllowList = (text: string, file: string): AllowListFile => {
  const lines = new LineCounter();
  const mistakes = collectMistakes({ text, file, lines });
  const document = parse(text, lines, mistakes);
  const resolve: Resolve = (node) => (isAlias(node) ? (node.resolve(document) ?? null) : node);
  const result = readRoot(document, resolve, mistakes);
  mistakes.throwIfAny();
  return result;
};

/** `uniqueKeys` is off because it compares every key with every other; `readFields` finds duplicates, and where they are. */
const parse = (text: string, lineCounter: LineCounter, mistakes: Mistakes): Document.Parsed => {
  const deep = tooDeepAt(text);
  const document = parseDocument(deep === null ? text : '', { lineCounter, prettyErrors: false, uniqueKeys: false });
  if (deep !== null) mistakes.fail(deep, 'ALLOWLIST_SYNTAX', { found: 'the file is nested too deeply' });
  for (const { pos, code, message } of [...document.errors, ...document.warnings].slice(0, MOST_PROBLEMS)) {
    mistakes.add(pos[0], 'ALLOWLIST_SYNTAX', { found: code === 'MULTIPLE_DOCS' ? 'the file holds a second YAML document' : message });
  }
  mistakes.throwIfAny();
  refuseAliasBombs(document, mistakes);
  return document;
};

/** `toJS` is what counts aliases; its value is not used. */
const refuseAliasBombs = (document: Document.Parsed, mistakes: Mistakes): void => {
  try {
    document.toJS({ maxAliasCount: MAX_ALIASES });
  } catch (cause) {
    const found = cause instanceof Error ? cause.message : 'the aliases cannot be resolved';
    mistakes.fail(firstAlias(document), 'ALLOWLIST_SYNTAX', { found, allowed: 'plain values, and few aliases', cause });
  }
};

const firstAlias = (document: Document.Parsed): number => {
  let offset = 0;
  visit(document, {
    Alias(_key, alias) {
      offset = alias.range?.[0] ?? 0;
      return visit.BREAK;
    },
  });
  return offset;
};

const readRoot = (document: Document.Parsed, resolve: Resolve, mistakes: Mistakes): AllowListFile => {
  if (document.contents === null) {
    return mistakes.fail(0, 'ALLOWLIST_VALUE', { found: 'the file is empty', fix: 'begin with: version: 1' });
  }
  const { byName, isWhole } = readFields(document.contents, {
    resolve,
    mistakes,
    what: 'the file',
    known: ['version', 'includes_builtins', 'allowlist', 'findings', 'accept_blind_spots'],
  });
  const version = byName.get('version');
  if (version || isWhole) checkVersion(version, document.contents.range[0], resolve, mistakes);
  return {
    includesBuiltins: booleanIn(byName.get('includes_builtins'), resolve, mistakes) ?? true,
    rules: readRules(byName.get('allowlist'), resolve, mistakes),
    findings: readFindings(byName.get('findings'), resolve, mistakes),
    acceptBlindSpots: readBlindSpots(byName.get('accept_blind_spots'), resolve, mistakes),
  };
};

const checkVersion = (field: Field | undefined, rootAt: number, resolve: Resolve, mistakes: Mistakes): void => {
  const value = field && resolve(field.value)?.toJSON();
  if (value === 1) return;
  const found = field ? `version is ${JSON.stringify(value)}` : 'version is missing';
  mistakes.add(field?.at ?? rootAt, 'ALLOWLIST_VERSION', { found, allowed: '1', fix: 'write: version: 1' });
};

const readRules = (field: Field | undefined, resolve: Resolve, mistakes: Mistakes): readonly Rule[] => {
  if (!field) return [];
  const list = resolve(field.value);
  if (!isSeq(list)) {
    mistakes.add(field.at, 'ALLOWLIST_VALUE', { found: 'allowlist is not a list', allowed: 'a list of entries; [] for none' });
    return [];
  }
  return list.items.flatMap((item) => readEntry(item, field.at, { resolve, mistakes }) ?? []);
};

const MAX_ALIASES = 100;
const MOST_PROBLEMS = 20;
