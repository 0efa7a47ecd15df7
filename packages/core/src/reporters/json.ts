import type { BaselineEntry } from '../model/baseline.js';
import type { Course } from '../model/course.js';
import type { CallSite, Origin } from '../model/origin.js';
import { printableJson } from '../model/printable.js';
import type { Provenance } from '../model/provenance.js';
import type {
  BaselineResult,
  Finding,
  Gap,
  InlinePermission,
  JudgedEvent,
  NearestRule,
  ProcessInfo,
  Report,
  ReportRenderer,
  UnusedName,
  Violation,
  ViolationScope,
} from '../model/report.js';
import type { Scope } from '../model/scope.js';

/** The report for programs (schema/report.json), without a last line break. Keys are only ever added. */
export const json = {
  description: 'for programs: one JSON object, see schema/report.json',
  render: (report, { verbose }) => printableJson(JSON.stringify(documentOf(report, verbose), null, 2)),
} satisfies ReportRenderer;

/** What the report says, as schema/report.json has it. */
export const documentOf = (report: Report, verbose: boolean) => ({
  schemaVersion: 1,
  runId: report.runId,
  verdict: report.verdict,
  exitCode: report.exitCode,
  violations: report.violations.map(violationOf),
  summary: { total: report.violations.length },
  findings: (report.findings ?? []).map(findingOf),
  ...(verbose && { events: eventsOf(report), ...(report.course && courseOf(report.course)), scopes: scopesOf(report) }),
  gaps: report.gaps.map(gapOf),
  ...(report.accepted?.length && { accepted: report.accepted.map(gapOf) }),
  command: report.command && { argv: report.command.argv, exitCode: report.command.exitCode, signal: report.command.signal },
  coverage: coverageOf(report),
  ...(report.provenance && { provenance: provenanceOf(report.provenance) }),
  leftRunning: report.leftRunning.map(processOf),
  unusedRules: report.unusedRules,
  ...(report.omitted && { omitted: { violating: report.omitted.violating, events: report.omitted.events } }),
  ...(report.ran && { ran: report.ran.map(({ file, project, tests }) => ({ file, project, tests })) }),
  ...(report.baseline && { baseline: baselineOf(report.baseline) }),
  ...(report.notices?.length && { notices: report.notices }),
  inlinePermissions: (report.inlinePermissions ?? []).map(permissionOf),
  queriesWithoutConnection: (report.unusedNames ?? []).map(unusedNameOf),
});

const unusedNameOf = ({ name, types, status, allowed, count, scopes }: UnusedName) => ({
  name,
  types,
  status,
  allowed,
  count,
  scopes: scopes.map(ownerOf),
});

const baselineOf = ({ file, known, gone, notRun }: BaselineResult) => ({
  file,
  known: known.map(violationOf),
  gone: gone.map(entryOf),
  notRun: notRun.map(entryOf),
});

const entryOf = ({ project, file, kind, title, to }: BaselineEntry) => ({ project, file, kind, title, to });

const provenanceOf = (provenance: Provenance) => {
  const { netaudit, started, ended, commit, dirty, node, tool, kernel, arch, policySha256, traceSha256 } = provenance;
  return { netaudit, started, ended, commit, dirty, node, tool, kernel, arch, policySha256, traceSha256 };
};

const gapOf = ({ kind, reason, line, count }: Gap) => ({ kind, reason, line, count });

const violationOf = (violation: Violation) => ({
  family: violation.family,
  addr: violation.addr,
  port: violation.port,
  count: violation.count,
  pids: violation.pids,
  id: violation.id,
  firstTimestamp: violation.firstTimestamp,
  scopes: violation.scopes.map(ownerOf),
  suggestedRule: violation.suggestedRule,
  ...(violation.deniedBy && { deniedBy: violation.deniedBy }),
  ...(violation.nearest && { nearest: nearestOf(violation.nearest) }),
  host: violation.host,
  hostSource: violation.hostSource ?? null,
  names: (violation.names ?? []).map(({ name, source }) => ({ name, source })),
  attempts: violation.attempts,
  ...(violation.partial && { partial: true }),
});

const nearestOf = ({ rule, why, at }: NearestRule) => ({ rule, why, at });

const findingOf = ({ id, code, level, subject, message, count, scopes, evidence }: Finding) => ({
  id,
  code,
  level,
  subject,
  message,
  count,
  scopes: scopes.map(ownerOf),
  evidence,
});

const ownerOf = ({ scope, method, candidates, timing, count, processes, origins, hosts, usedBy, testAttempts }: ViolationScope) => ({
  scope: scope && scopeOf(scope),
  method,
  candidates: candidates.map(scopeOf),
  timing,
  count,
  processes: processes.map(processOf),
  origins: origins.map(originOf),
  ...(hosts && { hosts }),
  ...(usedBy && { usedBy: usedBy.map(scopeOf) }),
  ...(testAttempts && { testAttempts: testAttempts.violated, testAttemptsRun: testAttempts.run }),
});

const permissionOf = ({ target, reason, at, covers, used, usedBy }: InlinePermission) => ({
  target,
  reason,
  at,
  covers,
  used,
  usedBy: usedBy.map(scopeOf),
});

const originOf = ({ call, host, site, package: name }: Origin) => ({ call, host, site: site && siteOf(site), package: name });

const siteOf = ({ file, line, column, function: name }: CallSite) => ({ file, line, column, function: name });

const scopeOf = ({ id, kind, file, names, project }: Scope) => ({ id, kind, file, names, project });

const processOf = ({ pid, argv }: ProcessInfo) => ({ pid, argv });

const eventsOf = ({ events, violations }: Report) => {
  const ids = new Map(violations.map((violation) => [placeKey(violation), violation.id]));
  return events.map((judged) => eventOf(judged, ids));
};

/** Every scope that others name by its id. */
const scopesOf = ({ events, course }: Report) => {
  const scopes = [
    ...(course?.timeline.spans ?? []).map(({ scope }) => scope),
    ...(course?.dns ?? []).flatMap(({ scope }) => scope ?? []),
    ...events.flatMap(({ owner, usedBy = [] }) => [...(owner.scope ? [owner.scope] : []), ...owner.candidates, ...usedBy]),
  ];
  return [...new Map(scopes.map((scope) => [scope.id, scope])).values()].map(scopeOf);
};

const courseOf = ({ timeline: { lanes, spans, omitted }, processes, dns }: Course) => ({
  timeline: {
    lanes: lanes.map(({ worker, pid, tid, from, to }) => ({ worker, pid, tid, from, to })),
    spans: spans.map(({ lane, scope, from, to, attempt }) => ({ lane, scope: scope.id, from, to, attempt })),
    omitted,
  },
  processes: processes.map(({ pid, parent, argv, file, from, to, code, signal }) => ({ pid, parent, argv, file, from, to, code, signal })),
  dns: dns.map(({ at, name, type, status, addresses, server, pid, scope }) => ({
    ...{ at, name, type, status, addresses, server, pid },
    scope: scope?.id ?? null,
  })),
});

const placeKey = ({ family, addr, port }: { readonly family: string | null; readonly addr: string | null; readonly port: number | null }) =>
  JSON.stringify([family ?? 'AF_UNKNOWN', addr, port]);

const eventOf = (
  { event, owner, names = [], usedBy, origin, status, rule, outcome, result, took }: JudgedEvent,
  ids: Map<string, string>,
) => ({
  family: event.family ?? 'AF_UNKNOWN',
  addr: event.addr,
  port: event.port,
  status: status === 'probe' ? 'allowed' : status,
  rule,
  ...(status === 'probe' && { probe: true }),
  ...(outcome && { outcome, result, took: took ?? null }),
  seq: event.seq,
  at: event.ts,
  pid: event.pid,
  tid: event.tid,
  call: event.kind === 'send' ? event.call : 'connect',
  transport: event.transport,
  scope: owner.scope?.id ?? null,
  method: owner.method,
  timing: owner.timing,
  candidates: owner.candidates.map(({ id }) => id),
  names: names.map(({ name, source }) => ({ name, source })),
  origin: origin && originOf(origin),
  ...(usedBy && { usedBy: usedBy.map(({ id }) => id) }),
  violation: status === 'violation' ? (ids.get(placeKey(event)) ?? null) : null,
  line: event.rawLine,
});

const coverageOf = ({ coverage }: Report) => ({
  source: coverage.source,
  tool: coverage.tool,
  mode: coverage.mode,
  uncovered: coverage.uncovered,
  fallbacks: coverage.fallbacks,
  events: coverage.events,
  lines: coverage.lines,
  ignoredLines: coverage.ignoredLines,
  unreadLines: coverage.unreadLines,
});
