import { counted } from '../model/count.js';
import { printable } from '../model/printable.js';
import type { Report } from '../model/report.js';
import { quoted } from '../yaml/quoted.js';
import { type Need, needsOf } from './needs.js';
import { type DomainOf, type Fields, type Suggestion, suggestRules } from './rules.js';
import { numberRuns } from './runs.js';

/** A policy that allows what the reports' violations did, with who did it and in how many runs beside each entry. */
export type SuggestedPolicy = {
  /** Lines of each entry with its comments, not indented. */
  readonly entries: readonly (readonly string[])[];
  readonly runs: number;
  /** What no rule can allow, one line each. */
  readonly impossible: readonly string[];
};

export const suggestPolicy = (reports: readonly Report[], domainOf: DomainOf): SuggestedPolicy => {
  const numbered = numberRuns(reports);
  const runs = new Set(numbered.map(({ run }) => run)).size;
  const needs = needsOf(numbered);
  const suggestions = suggestRules(needs, domainOf);
  return {
    entries: suggestions.map((suggestion, index) => [
      ...headLines(suggestion, suggestions[index - 1]),
      ...evidenceLines(suggestion, runs),
      ...entryLines(suggestion.fields),
    ]),
    runs,
    impossible: needs.flatMap(({ subject }) =>
      subject.kind === 'none' ? [printable(`${subject.family} ${subject.addr ?? ''}`.trim())] : [],
    ),
  };
};

/** The text of a whole policy file. */
export const policyText = ({ entries, runs, impossible }: SuggestedPolicy): string =>
  [
    SCHEMA_LINE,
    `# Suggested by netaudit from ${counted(runs, 'run')}. Read each entry: it allows what tests did, not what they should do.`,
    ...impossible.map((what) => `# No rule can allow: ${what}`),
    'version: 1',
    ...(entries.length === 0 ? ['allowlist: []'] : ['allowlist:', ...entries.flatMap((lines) => lines.map((line) => `  ${line}`))]),
    '',
  ].join('\n');

/** An entry as lines of a block of YAML. */
export const entryLines = (fields: Fields): string[] =>
  fields.map(
    ([key, value], index) =>
      `${index === 0 ? '- ' : '  '}${key}: ${typeof value === 'object' ? `[${value.map(scalar).join(', ')}]` : scalar(value)}`,
  );

const headLines = ({ domain }: Suggestion, before: Suggestion | undefined): string[] =>
  domain !== null && domain !== before?.domain ? [`# == ${printable(domain)}`] : [];

const evidenceLines = ({ needs }: Suggestion, runs: number): string[] => {
  const count = needs.reduce((sum, need) => sum + need.count, 0);
  const seen = new Set(needs.flatMap((need) => [...need.runs])).size;
  const scopes = scopesOf(needs);
  return [
    `# ${counted(count, 'connection')}, in ${seen} of ${counted(runs, 'run')}, by`,
    ...scopes
      .slice(0, mostScopes)
      .map(([name, inRuns]) => `#   ${printable(name)}${inRuns.size < runs ? `  (${inRuns.size} of ${runs})` : ''}`),
    ...(scopes.length > mostScopes ? [`#   and ${scopes.length - mostScopes} more`] : []),
    ...(needs.length > 1
      ? [
          `# to ${needs.map(({ subject }) => printable('host' in subject ? subject.host : 'addr' in subject ? (subject.addr ?? '') : '')).join(', ')}`,
        ]
      : []),
  ];
};

const scopesOf = (needs: readonly Need[]): [string, ReadonlySet<number>][] => {
  const scopes = new Map<string, ReadonlySet<number>>();
  for (const { scopes: some } of needs) for (const [name, runs] of some) scopes.set(name, new Set([...(scopes.get(name) ?? []), ...runs]));
  return [...scopes].toSorted(([one], [other]) => (one < other ? -1 : 1));
};

const scalar = (value: string | number): string => (typeof value === 'number' || PLAIN.test(value) ? String(value) : quoted(value));

/** Text that YAML reads as itself, and as text, without quotes. */
const PLAIN = /^(?!(?:true|false|yes|no|on|off|null|y|n)$)[a-zA-Z][a-zA-Z0-9_.-]*(?: [a-zA-Z][a-zA-Z0-9_.-]*)*$/i;

export const SCHEMA_LINE = '# yaml-language-server: $schema=./node_modules/@netaudit/core/schema/netaudit.json';
const mostScopes = 5;
