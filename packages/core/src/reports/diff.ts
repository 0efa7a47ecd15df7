import { type BaselineEntry, entryKey, nameText, scopeKey } from '../model/baseline.js';
import { printable } from '../model/printable.js';
import type { Finding, Report, Verdict } from '../model/report.js';
import { entriesOf } from '../model/seen.js';

/** What differs between two reports, by scope and destination. */
export type ReportDiff = {
  readonly verdict: { readonly before: Verdict; readonly after: Verdict };
  readonly added: readonly BaselineEntry[];
  readonly removed: readonly BaselineEntry[];
  /** Violations of the first report whose test was not run in the second: nothing can be said of them. */
  readonly notRun: readonly BaselineEntry[];
  readonly findings: { readonly added: readonly FindingName[]; readonly removed: readonly FindingName[] };
};

type FindingName = Pick<Finding, 'id' | 'code' | 'level' | 'subject' | 'message'>;

/** What fails in one report and not in the other; what a baseline accepts does not fail. */
export const diffReports = (before: Report, after: Report): ReportDiff => {
  const [was, is] = [before, after].map(({ violations }) => new Map(entriesOf(violations).map((entry) => [entryKey(entry), entry])));
  const missing = [...(was ?? [])].filter(([key]) => !is?.has(key)).map(([, entry]) => entry);
  const ran =
    after.ran &&
    new Set(after.ran.flatMap(({ file, project, tests }) => tests.map((title) => scopeKey({ file, project, kind: 'test', title }))));
  const wasRun = (entry: BaselineEntry): boolean => entry.kind !== 'test' || !ran || ran.has(scopeKey(entry));
  return {
    verdict: { before: before.verdict, after: after.verdict },
    added: [...(is ?? [])].filter(([key]) => !was?.has(key)).map(([, entry]) => entry),
    removed: missing.filter(wasRun),
    notRun: missing.filter((entry) => !wasRun(entry)),
    findings: { added: findingsOnlyIn(after, before), removed: findingsOnlyIn(before, after) },
  };
};

/** Whether the second report is worse. */
export const isWorse = ({ added, findings }: ReportDiff): boolean =>
  added.length > 0 || findings.added.some(({ level }) => level === 'fail');

/** The differences for people, by test, without a last line break. */
export const diffText = ({ verdict, added, removed, notRun, findings }: ReportDiff): string => {
  const lines = [
    ...added.map((entry) => ({ entry, line: `  + ${printable(entry.to)}` })),
    ...removed.map((entry) => ({ entry, line: `  - ${printable(entry.to)}` })),
    ...notRun.map((entry) => ({ entry, line: `  ? ${printable(entry.to)} (the test was not run)` })),
  ];
  const byScope = grouped(lines);
  return [
    ...[...byScope].flatMap(([name, some]) => [printable(name), ...some.map(({ line }) => line)]),
    ...findings.added.map((finding) => findingText('+', finding)),
    ...findings.removed.map((finding) => findingText('-', finding)),
    `netaudit: ${added.length} new, ${removed.length} gone${notRun.length > 0 ? `, ${notRun.length} not run` : ''}; verdict ${verdictText(verdict)}`,
  ].join('\n');
};

type Line = { readonly entry: BaselineEntry; readonly line: string };

const grouped = (lines: readonly Line[]): Map<string, readonly Line[]> => {
  const groups = new Map<string, Line[]>();
  for (const line of lines) groups.set(nameText(line.entry), [...(groups.get(nameText(line.entry)) ?? []), line]);
  return groups;
};

const findingsOnlyIn = ({ findings = [] }: Report, { findings: others = [] }: Report): FindingName[] =>
  findings
    .filter(({ id, level }) => !others.some((other) => other.id === id && other.level === level))
    .map(({ id, code, level, subject, message }) => ({ id, code, level, subject, message }));

const findingText = (sign: '+' | '-', { code, level, message }: FindingName): string =>
  `${sign} ${level === 'fail' ? 'error' : 'warning'}: ${code}: ${printable(message)}`;

const verdictText = ({ before, after }: ReportDiff['verdict']): string =>
  before === after ? `${after}, as before` : `${before} → ${after}`;
