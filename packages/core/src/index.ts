export { AllowList, type AllowListOptions } from './allowlist/allowlist.js';
export type { PortSpec } from './allowlist/ports.js';
export { describePolicy, effectivePolicyText, type PrintedPolicy, type PrintedRule, type PrintedSetting } from './allowlist/print.js';
export {
  IPv4Rule,
  IPv6Rule,
  type IpRuleOptions,
  NetlinkRule,
  type Rule,
  type RuleOptions,
  UnixSocketRule,
} from './allowlist/rule.js';
export { ruleFor } from './allowlist/suggest.js';
export { type AnalyzeOptions, analyzeTrace, type Found } from './audit/analyze.js';
export type { Check } from './audit/doctor/check.js';
export { type Diagnosis, diagnose, diagnosisText } from './audit/doctor/diagnose.js';
export { mergeReports } from './audit/merge.js';
export { type OuterTracer, outerTracer } from './audit/outer.js';
export { type FormatOptions, Reporter, type TextStream } from './audit/reporter.js';
export { lintPolicy, type RuleFinding } from './audit/rule-findings.js';
export { type SuperviseOptions, superviseCommand } from './audit/supervise.js';
export type { Mode } from './audit/verdict.js';
export { verificationText } from './audit/verify/text.js';
export { type Verification, type VerifiedPart, type VerifyOptions, verifyReport } from './audit/verify/verify.js';
export { Baseline } from './baseline/baseline.js';
export { writeBaselineFile } from './baseline/file.js';
export { parseBaseline } from './baseline/parse.js';
export { renderBaseline } from './baseline/render.js';
export { comparisonText, newBaselineText } from './baseline/text.js';
export { type Comparison, compareBaseline, entriesAfter } from './baseline/update.js';
export {
  isDocument,
  type ReporterChoice,
  type ReporterName,
  readReporters,
  refuseEventLogs,
  showEveryEvent,
} from './delivery/choice.js';
export { withCiReporter } from './delivery/ci.js';
export { deliver } from './delivery/deliver.js';
export { openEventLogs } from './delivery/events.js';
export { reporterHelp } from './delivery/help.js';
export { type Terminal, terminalOf } from './delivery/terminal.js';
export { checkWritable } from './delivery/writable.js';
export { checkReportFile } from './delivery/write-report.js';
export type { BaselineEntry } from './model/baseline.js';
export type { AcceptableBlindSpot, BlindSpot } from './model/blind-spot.js';
export { type ErrorCode, type ErrorDetails, NetauditError, type Position, StraceNotFoundError } from './model/error.js';
export { type ErrorMeaning, errorMeanings } from './model/error-codes.js';
export type { BlindEvent, ConnectEvent, DnsEvent, DnsQuestion, Event, ListenEvent, SendEvent, SettledEvent } from './model/event.js';
export type { EventSink, LogEvent, LogHead, LogTail } from './model/event-log.js';
export { type FindingCode, type FindingLevel, type FindingPolicy, findingLevels } from './model/finding.js';
export type { CallSite, Origin } from './model/origin.js';
export { printable, printableJson } from './model/printable.js';
export { type ProblemCode, problemMeanings } from './model/problem-codes.js';
export type { Finding, Gap, JudgedEvent, Outcome, Report, ReportRenderer, Verdict, Violation, ViolationScope } from './model/report.js';
export { type Method, type Owner, type Scope, type ScopeKind, scopeTitle, type Timing } from './model/scope.js';
export type { ReadNames, TraceDecoder } from './model/source.js';
export { readNames } from './names/read.js';
export { type Change, type InitPlan, planInit } from './project/plan.js';
export { planText } from './project/text.js';
export { explainFinding, explainViolation } from './reporters/explain.js';
export { type ReportFormat, renderers } from './reporters/index.js';
export { jobSummary } from './reporters/markdown.js';
export { refuseIncomplete } from './reports/complete.js';
export { diffReports, diffText, isWorse, type ReportDiff } from './reports/diff.js';
export { findFinding, findViolation } from './reports/find.js';
export { type ReadReport, readReport, reportFromJson } from './reports/read.js';
export { jsonLine, jsonlFile, jsonlSink, toJsonLines } from './sinks/jsonl.js';
export { createStraceDecoder } from './sources/strace/decoder.js';
export { openTrace, type TraceInput } from './sources/strace/input/open-trace.js';
export { StraceParser } from './sources/strace/parser.js';
export { type StraceResult, StraceRunner, type StraceRunnerOptions } from './sources/strace/runner.js';
export { entriesFor, type Grounds } from './suggest/allow.js';
export { loadDomains } from './suggest/domain.js';
export { insertEntries } from './suggest/insert.js';
export { policyText, SCHEMA_LINE, type SuggestedPolicy, suggestPolicy } from './suggest/render.js';
