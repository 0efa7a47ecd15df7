import { createHash } from 'node:crypto';
import { entryKey } from '../model/baseline.js';
import type { BaselineResult, Coverage, Gap, Omitted, Report } from '../model/report.js';
import { entriesOf } from '../model/seen.js';
import { mergeFindings, mergeUnusedNames, mergeViolations } from '../reports/merge.js';
import { mergeProvenance } from '../reports/merge-provenance.js';
import type { ReadReport } from '../reports/read.js';
import { orderShards } from '../reports/shards.js';
import { mergePermissions } from './permissions.js';
import { mergeRan } from './ran.js';
import { exitCodeOf, verdictOf } from './verdict.js';

/**
 * One report of the shards of a run, or of several runs. What the shards have in common is one: a rule is unused when none used it. A gap names its
 * report. A shard that is missing is a gap. `expected`: how many there have to be; null: as many as their command lines name. Throws USAGE.
 */
export const mergeReports = (given: readonly ReadReport[], expected: number | null): Report => {
  const { reports: read, missing } = orderShards(given, expected);
  const reports = read.map(({ report }) => report);
  const violations = mergeViolations(reports.map((report) => report.violations));
  const findings = mergeFindings(reports.map((report) => report.findings ?? []));
  const gaps = [...read.flatMap(gapsOf), ...missing.map((reason): Gap => ({ kind: 'uncovered', reason }))];
  const verdict = verdictOf(violations, findings, gaps);
  const command =
    reports.find(({ command: one }) => one && (one.signal !== null || one.exitCode !== 0))?.command ?? reports[0]?.command ?? null;
  const ran = mergeRan(reports.map((report) => report.ran));
  const notices = distinct(reports.map((report) => report.notices ?? []));
  return {
    runId: createHash('sha256')
      .update(JSON.stringify(reports.map(({ runId }) => runId)))
      .digest('hex')
      .slice(0, 32),
    verdict,
    exitCode: exitCodeOf({ verdict, gaps, command, mode: 'fail' }),
    violations,
    findings,
    events: [],
    gaps,
    accepted: read.flatMap(({ file, report }) => (report.accepted ?? []).map((gap) => named(gap, file))),
    command,
    coverage: mergeCoverage(reports.map(({ coverage }) => coverage)),
    leftRunning: reports.flatMap(({ leftRunning }) => leftRunning),
    unusedRules: inAll(reports.map(({ unusedRules }) => unusedRules)),
    ...mergeOmitted(reports),
    ...(notices.length > 0 && { notices }),
    ...(ran && { ran }),
    ...mergeBaselines(reports),
    inlinePermissions: mergePermissions(reports.map(({ inlinePermissions = [] }) => inlinePermissions)),
    provenance: mergeProvenance(reports),
    unusedNames: mergeUnusedNames(reports.map(({ unusedNames = [] }) => unusedNames)),
  };
};

/** An incomplete report is never made complete, whatever it says of why. */
const gapsOf = ({ file, report }: ReadReport): readonly Gap[] => {
  if (report.gaps.length > 0) return report.gaps.map((gap) => named(gap, file));
  return report.verdict === 'incomplete' ? [{ kind: 'lost', reason: `${file}: the report is incomplete` }] : [];
};

const named = (gap: Gap, file: string): Gap => ({ ...gap, reason: `${file}: ${gap.reason}` });

const mergeCoverage = (all: readonly Coverage[]): Coverage => {
  const sum = (count: (coverage: Coverage) => number): number => all.reduce((total, coverage) => total + count(coverage), 0);
  const tools = distinct([all.flatMap(({ tool }) => tool ?? [])]);
  return {
    source: distinct([all.map(({ source }) => source)]).join(', '),
    tool: tools.length === 0 ? null : tools.join(', '),
    mode: all.find(({ mode }) => mode === 'wrap')?.mode ?? all[0]?.mode ?? 'log',
    uncovered: distinct(all.map(({ uncovered }) => uncovered)),
    fallbacks: distinct(all.map(({ fallbacks }) => fallbacks)),
    events: sum(({ events }) => events),
    lines: sum(({ lines }) => lines),
    ignoredLines: sum(({ ignoredLines }) => ignoredLines),
    unreadLines: sum(({ unreadLines }) => unreadLines ?? 0),
  };
};

const mergeOmitted = (reports: readonly Report[]): { readonly omitted?: Omitted } => {
  const all = reports.flatMap(({ omitted }) => omitted ?? []);
  const sum = (count: (omitted: Omitted) => number): number => all.reduce((total, omitted) => total + count(omitted), 0);
  return all.length === 0 ? {} : { omitted: { violating: sum(({ violating }) => violating), events: sum(({ events }) => events) } };
};

/** An entry is gone when no shard that ran its scope saw it, and no other did. */
const mergeBaselines = (reports: readonly Report[]): { readonly baseline?: BaselineResult } => {
  const all = reports.flatMap(({ baseline }) => baseline ?? []);
  const [first] = all;
  if (!first) return {};
  const known = mergeViolations(all.map((baseline) => baseline.known));
  const seen = new Set(entriesOf(known).map(entryKey));
  const entries = (of: 'gone' | 'notRun') => [...new Map(all.flatMap((baseline) => baseline[of]).map((entry) => [entryKey(entry), entry]))];
  const gone = entries('gone').filter(([key]) => !seen.has(key));
  const wasGone = new Set(gone.map(([key]) => key));
  const notRun = entries('notRun').filter(([key]) => !seen.has(key) && !wasGone.has(key));
  return { baseline: { file: first.file, known, gone: gone.map(([, entry]) => entry), notRun: notRun.map(([, entry]) => entry) } };
};

const inAll = (lists: readonly (readonly string[])[]): string[] =>
  (lists[0] ?? []).filter((item) => lists.every((list) => list.includes(item)));

const distinct = (lists: readonly (readonly string[])[]): string[] => [...new Set(lists.flat())];
