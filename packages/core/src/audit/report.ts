import { randomUUID } from 'node:crypto';
import type { AllowList } from '../allowlist/allowlist.js';
import { ruleLabel } from '../allowlist/lint.js';
import type { Rule } from '../allowlist/rule.js';
import { ruleFor } from '../allowlist/suggest.js';
import type { Baseline } from '../baseline/baseline.js';
import type { Findings } from '../findings/findings.js';
import { ViolationTally } from '../findings/violation-tally.js';
import { listViolations } from '../findings/violations.js';
import type { Course } from '../model/course.js';
import { failingFirst } from '../model/finding.js';
import type { BaselineResult, CommandResult, Coverage, Gap, Omitted, ProcessInfo, RanFile, Report, Violation } from '../model/report.js';
import type { TraceDecoder } from '../model/source.js';
import { joinCourses } from './course/course.js';
import { withNearest } from './nearest.js';
import { mergePermissions } from './permissions.js';
import type { Pipeline } from './pipeline.js';
import type { KnownInRun } from './pipeline-options.js';
import { provenanceOf } from './provenance.js';
import { mergeRan } from './ran.js';
import { ruleFindings } from './rule-findings.js';
import { exitCodeOf, type Mode, verdictOf } from './verdict.js';

/** One trace that was read to its end. `of` tells it apart from others of the run; `sha256` is the hash of its bytes, null where that is not known. */
export type ReadTrace = {
  readonly pipeline: Pipeline;
  readonly decoder: Pick<TraceDecoder, 'counts'>;
  readonly sha256: () => string | null;
  readonly of?: string;
};

export type ReportFacts = {
  readonly allowlist: AllowList;
  readonly findings: Findings;
  /** The baseline as the pipelines used it; absent or null when there is none. */
  readonly known?: (KnownInRun & { readonly baseline: Baseline }) | null | undefined;
  readonly command: CommandResult | null;
  readonly coverage: Omit<Coverage, 'events' | 'lines' | 'ignoredLines' | 'unreadLines'>;
  readonly leftRunning: readonly ProcessInfo[];
  /** Gaps of the run as a whole. */
  readonly gaps?: readonly Gap[];
  /** What the caller has to say of the trace. */
  readonly notices?: readonly string[];
  /** Default true; false: lines that could not be read are told, and do not make the audit incomplete. */
  readonly strict?: boolean | undefined;
  readonly mode: Mode;
  /** When the run began, µs since the epoch. */
  readonly started: number;
  /** Where the command ran; default: here. */
  readonly cwd?: string | undefined;
  /** Where the run has a name already; default: a new one. */
  readonly runId?: string | undefined;
};

/** The one finished report of all traces of a run, whose pipelines share a tally and have been finished. */
export const buildReport = (traces: readonly ReadTrace[], facts: ReportFacts): Report => {
  const { tally } = traces[0]?.pipeline ?? { tally: new ViolationTally() };
  const found = [...traces.flatMap(gapsOf), ...mistakesOf(traces), ...(facts.gaps ?? [])];
  const isAccepted = (gap: Gap): boolean => gap.kind === 'unread' && facts.strict === false;
  const gaps = found.filter((gap) => !isAccepted(gap));
  const list = (some: ViolationTally): readonly Violation[] =>
    listViolations(some, ruleFor, (scope) => sum(traces, ({ pipeline }) => pipeline.attribution.attemptsOf(scope)));
  const violations = withNearest(list(tally), facts.allowlist);
  const isUsed = (rule: Rule): boolean => traces.some(({ pipeline }) => pipeline.usedRules.has(rule));
  const latest = Math.max(0, ...traces.map(({ pipeline }) => pipeline.latest));
  const findings = failingFirst([...facts.findings.conclude(), ...ruleFindings(facts.allowlist, latest, isUsed)]);
  const verdict = verdictOf(violations, findings, gaps);
  const ran = mergeRan(traces.map(({ pipeline }) => pipeline.ran.list));
  return {
    runId: facts.runId ?? randomUUID(),
    verdict,
    exitCode: exitCodeOf({ verdict, gaps, command: facts.command, mode: facts.mode }),
    violations,
    findings,
    events: traces.flatMap(({ pipeline }) => pipeline.judged),
    gaps,
    accepted: found.filter(isAccepted),
    command: facts.command,
    coverage: {
      ...facts.coverage,
      events: sum(traces, ({ pipeline }) => pipeline.count),
      lines: sum(traces, ({ decoder }) => decoder.counts.lines),
      ignoredLines: sum(traces, ({ decoder }) => decoder.counts.ignored),
      unreadLines: sum(traces, ({ pipeline }) => pipeline.gaps.count('unread')),
    },
    leftRunning: facts.leftRunning,
    unusedRules:
      facts.allowlist.findings['unused-rule'] === 'off' ? [] : facts.allowlist.ownRules.filter((rule) => !isUsed(rule)).map(ruleLabel),
    ...omittedFrom(traces, tally),
    notices: [...new Set([...(facts.notices ?? []), ...traces.flatMap(({ pipeline }) => [...pipeline.notices])])],
    unusedNames: traces.flatMap(({ pipeline }) => pipeline.names.unused()),
    ...(ran && { ran }),
    ...(facts.known && { baseline: baselineOf(facts.known, list(facts.known.tally), verdict === 'incomplete' ? null : ran) }),
    ...courseOf(traces),
    inlinePermissions: mergePermissions(traces.map(({ pipeline }) => pipeline.permissions.list)),
    provenance: provenanceOf({ ...facts, tool: facts.coverage.tool, traces: traces.map(({ sha256 }) => sha256()) }),
  };
};

const baselineOf = (
  { baseline, violations }: NonNullable<ReportFacts['known']>,
  known: readonly Violation[],
  ran: readonly RanFile[] | null,
): BaselineResult => ({ file: baseline.file, known, ...violations.unused(ran) });

const omittedFrom = (traces: readonly ReadTrace[], { unlisted: violating }: ViolationTally): { readonly omitted?: Omitted } => {
  const events = sum(traces, ({ pipeline }) => pipeline.omitted);
  return violating + events > 0 ? { omitted: { violating, events } } : {};
};

const courseOf = (traces: readonly ReadTrace[]): { readonly course?: Course } => {
  const courses = traces.flatMap(({ pipeline }) => pipeline.course ?? []);
  return courses.length > 0 ? { course: joinCourses(courses) } : {};
};

const gapsOf = ({ pipeline, of }: ReadTrace): readonly Gap[] =>
  of === undefined ? pipeline.gaps.list : pipeline.gaps.list.map((gap) => ({ ...gap, reason: `${of}: ${gap.reason}` }));

/** Each permission that can not be understood, once: several workers may have read its file. */
const mistakesOf = (traces: readonly ReadTrace[]): Gap[] =>
  [...new Set(traces.flatMap(({ pipeline }) => pipeline.permissions.mistakes))].map((reason) => ({ kind: 'permission', reason }));

const sum = (traces: readonly ReadTrace[], count: (trace: ReadTrace) => number): number =>
  traces.reduce((total, trace) => total + count(trace), 0);
