import { printable, printableJson } from '../model/printable.js';
import { meaningOf, type ProblemCode } from '../model/problem-codes.js';
import type { Report, ReportRenderer } from '../model/report.js';
import { type Scope, scopeTitle } from '../model/scope.js';
import { fullPlace, type Place, sitesOf } from './place.js';
import type { Problem } from './problem.js';
import { gapProblems, problemsOf } from './problems.js';
import { runFacts, timeText } from './run-facts.js';

/** SARIF 2.1.0 with errata 01: one run, a result for each problem; why the audit is not complete is told by notifications of the invocation. */
export const sarif = {
  description: 'SARIF 2.1.0, for code scanning',
  render: (report) => printableJson(JSON.stringify({ $schema: SCHEMA, version: '2.1.0', runs: [runOf(report)] }, null, 2)),
} satisfies ReportRenderer;

const runOf = (report: Report) => {
  const all = problemsOf(report);
  const problems = all.slice(0, MOST_RESULTS);
  const gaps = gapProblems(report);
  const rules = [...new Map([...problems, ...gaps].map(({ number, code }) => [number, code])).entries()].toSorted();
  const indexes = new Map(rules.map(([number], index) => [number, index]));
  return {
    tool: { driver: { name: 'netaudit', ...versionOf(report), rules: rules.map(ruleOf) } },
    automationDetails: { id: `netaudit/${printable(report.runId)}` },
    columnKind: 'utf16CodeUnits',
    invocations: [invocationOf(report, gaps, all.length - problems.length)],
    properties: { verdict: report.verdict, ...Object.fromEntries(runFacts(report)) },
    results: problems.map((problem) => resultOf(problem, indexes.get(problem.number) ?? 0, report.baseline !== undefined)),
  };
};

const ruleOf = ([number, code]: readonly [string, ProblemCode]) => {
  const { about, fix } = meaningOf(code);
  return {
    id: number,
    name: code,
    shortDescription: { text: plain(about) },
    fullDescription: { text: plain(about) },
    help: { text: plain(fix), markdown: fix },
    properties: { tags: ['network', 'test'] },
  };
};

const invocationOf = (report: Report, gaps: readonly Problem[], omitted: number) => ({
  executionSuccessful: report.verdict !== 'incomplete',
  exitCode: report.exitCode,
  ...timesOf(report),
  toolExecutionNotifications: [
    ...gaps.map(({ number, message }) => ({ descriptor: { id: number }, level: 'error', message: { text: plain(message) } })),
    ...(omitted > 0
      ? [{ level: 'warning', message: { text: `${omitted} more results are left out: readers take ${MOST_RESULTS} at most.` } }]
      : []),
  ],
});

const versionOf = ({ provenance }: Report) => (provenance ? { version: printable(provenance.netaudit) } : {});

const timesOf = ({ provenance }: Report) => {
  const [startTimeUtc, endTimeUtc] = provenance ? [timeText(provenance.started), timeText(provenance.ended)] : [];
  return startTimeUtc && endTimeUtc ? { startTimeUtc, endTimeUtc } : {};
};

const resultOf = (problem: Problem, ruleIndex: number, hasBaseline: boolean) => {
  const { number, level, id, message, todo, count, fingerprint, rule } = problem;
  return {
    ruleId: number,
    ruleIndex,
    level: levels[level],
    message: { text: plain(`${message}.\n${todo}`) },
    locations: [locationOf(problem)],
    ...relatedOf(problem),
    partialFingerprints: { 'netaudit/v1': fingerprint, primaryLocationLineHash: `${fingerprint}:1` },
    occurrenceCount: Math.max(1, count),
    ...(hasBaseline && { baselineState: level === 'known' ? 'unchanged' : 'new' }),
    ...(level === 'known' && { suppressions: [{ kind: 'external', status: 'accepted', justification: 'the baseline accepts it' }] }),
    properties: { ...(id !== null && { id }), ...(rule !== null && { rule }) },
  };
};

const locationOf = ({ place, owner }: Problem) => {
  const titles = owner === null ? [] : [...(owner.scope === null ? owner.candidates : [owner.scope])].slice(0, MOST_TITLES);
  return { physicalLocation: physicalOf(place), ...(titles.length > 0 && { logicalLocations: titles.map(logicalOf) }) };
};

const logicalOf = (scope: Scope) => ({
  name: printable(scope.names.at(-1) ?? scope.file ?? scope.kind),
  fullyQualifiedName: printable(scopeTitle(scope)),
  kind: scope.kind,
});

/** The other calls. */
const relatedOf = ({ owner }: Problem) => {
  const sites = owner === null ? [] : sitesOf(owner).slice(1, MOST_TITLES);
  return sites.length === 0 ? {} : { relatedLocations: sites.map((site, id) => ({ id, physicalLocation: physicalOf(site) })) };
};

const physicalOf = (place: Place | null) => {
  const { file, line, column } = fullPlace(place);
  return {
    artifactLocation: { uri: uriOf(file), uriBaseId: '%SRCROOT%' },
    region: { startLine: line, startColumn: column },
  };
};

/** RFC 3986, relative. */
const uriOf = (file: string): string => printable(file).split('/').map(encodeURIComponent).join('/');

/** A plain text message (3.11.5, 3.11.6): braces are doubled, and nothing becomes a link. */
const plain = (text: string): string => text.replace(/[{}]/g, '$&$&').replaceAll('](', '] (');

const levels = { incomplete: 'error', error: 'error', warning: 'warning', known: 'note' } as const;

const SCHEMA = 'https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json';
/** What GitHub reads of one run. */
const MOST_RESULTS = 25_000;
const MOST_TITLES = 10;
