import { placeText } from '../model/destination.js';
import { type Origin, originText } from '../model/origin.js';
import { printable, printableLines } from '../model/printable.js';
import type { Finding, Gap, Report, ReportRenderer, Violation, ViolationScope } from '../model/report.js';
import { baselineLines } from './baseline.js';
import { listed, ownerText, processText, usersText } from './owner.js';
import { provenanceLines } from './provenance.js';
import { eventTable } from './table.js';
import { unusedNameLines } from './unused-names.js';

/** The report for people, without a last line break. */
export const text = {
  description: 'for people: a box of violations, what made them, and rules to paste',
  log: true,
  render: (report, { verbose }) =>
    [
      ...(verbose ? [...eventTable(report.events), ...moreText(report.omitted?.events, 'events'), ''] : []),
      ...verdictLines(report),
      ...baselineLines(report.baseline),
      ...findingLines(report.findings ?? []),
      ...unusedNameLines(report.unusedNames ?? [], verbose),
      ...commandLines(report),
      ...noteLines(report, verbose),
      ...(verbose ? provenanceLines(report.provenance) : []),
      ...suggestionLines(report.violations),
    ].join('\n'),
} satisfies ReportRenderer;

const verdictLines = (report: Report): string[] => {
  const gaps = report.gaps.length > 0 || report.verdict === 'incomplete' ? ['netaudit: incomplete', ...gapLines(report.gaps)] : [];
  if (report.violations.length > 0) return [...box(report), ...gaps];
  if (gaps.length > 0) return gaps;
  return [report.verdict === 'clean' ? 'netaudit: no violations' : 'netaudit: findings fail this run'];
};

/** What was found beside the violations, the ones that fail the run first; each with who did it. */
const findingLines = (findings: readonly Finding[]): string[] =>
  listed(findings.filter(isNoNote).map(findingText), MOST_FINDINGS).map((text) => `  ${text}`);

/** Rules that were not used are listed among the notes, unless they fail the run. */
const isNoNote = ({ code, level }: Finding): boolean => code !== 'unused-rule' || level === 'fail';

const findingText = ({ code, level, message, count, scopes }: Finding): string =>
  [
    `${level === 'fail' ? 'error' : 'warning'}: ${code}: ${printable(message)} (count=${count})`,
    ...listed(
      scopes.map((scope) => scopeLines(scope, null)),
      MOST_FINDERS,
    ).map((lines) => `    ${lines}`),
  ].join('\n');

const box = ({ violations, omitted }: Report): string[] => {
  const count = violations.length === 1 ? '1 violation' : `${violations.length} violations`;
  const shown = groupAttempts(violations.slice(0, MOST_VIOLATIONS)).flatMap(violationLines);
  const more = [
    ...moreText(violations.length - MOST_VIOLATIONS, 'violations; --format json lists them'),
    ...moreText(omitted?.violating, 'connections to further destinations, which no rule allows'),
  ];
  return [BORDER, `  netaudit: ${count} detected`, BORDER, ...shown, ...more, BORDER];
};

const moreText = (count = 0, what: string): string[] => (count > 0 ? [`  and ${count} more ${what}`] : []);

type Attempts = readonly [Violation, ...Violation[]];

/** Violations that are attempts of the same calls, together where the first of them stands. */
const groupAttempts = (violations: readonly Violation[]): Attempts[] =>
  violations.flatMap((violation): Attempts[] => {
    const [first] = violation.attempts;
    if (first !== undefined && first !== violation.id) return [];
    return [[violation, ...violations.filter(({ id }) => id !== violation.id && violation.attempts.includes(id))]];
  });

const violationLines = (attempts: Attempts): string[] => {
  const count = attempts.reduce((sum, violation) => sum + violation.count, 0);
  const pids = [...new Set(attempts.flatMap((violation) => violation.pids))];
  const scopes = new Set(attempts.flatMap(({ scopes: all, host }) => all.map((scope) => scopeLines(scope, host))));
  return [
    `  ${destinationsText(attempts)} (count=${count}, pids=[${listed(pids.map(String), MOST_PIDS).join(', ')}])  ${attempts.map(({ id }) => id).join(', ')}`,
    ...listed([...new Set(attempts.flatMap(({ deniedBy = [] }) => deniedBy))], MOST_SCOPES).map(
      (rule) => `    denied by ${printable(rule)}`,
    ),
    ...listed([...scopes], MOST_SCOPES).map((lines) => `    ${lines}`),
    ...(attempts.some(({ partial }) => partial) ? ['    (there are more of them than a report lists)'] : []),
  ];
};

const destinationsText = (attempts: Attempts): string => {
  const [first] = attempts;
  if (attempts.length === 1) return `${printable(first.family)} ${placeText(first, first.host)}`;
  const addresses = attempts.map(({ family, addr }) => `${printable(family)} ${printable(addr ?? '')}`);
  return `${placeText({ addr: null, port: first.port }, first.host)}, ${attempts.length} attempts: ${addresses.join(', ')}`;
};

/** Who made the connections, and below it where in the code they were begun, and who else used them; to which host, unless that was said above. */
export const scopeLines = (scope: ViolationScope, host: string | null): string => {
  const sites = new Set(scope.origins.flatMap((origin) => siteText(origin, host) ?? []));
  return [ownerText(scope), ...[...listed([...sites], MOST_SITES), ...usersText(scope)].map((line) => `      ${line}`)].join('\n');
};

const siteText = (origin: Origin, host: string | null): string | null => {
  const site = originText(origin);
  if (site === null) return null;
  const place = origin.site === null ? site : `at ${site}`;
  return printable(origin.host === null || origin.host === host ? place : `${place}, to ${origin.host}`);
};

const gapLines = (gaps: readonly Gap[]): string[] => listed(gaps.map(gapText), MOST_GAPS).map((line) => `  ${line}`);

const gapText = ({ kind, reason, line, count }: Gap): string =>
  `${kind}: ${printable(reason)}${line === undefined ? '' : ` (line ${line})`}${count === undefined ? '' : `, ${count} times`}`;

const commandLines = ({ command }: Report): string[] => {
  if (command === null) return [];
  if (command.signal !== null) return [`  command was killed by ${printable(command.signal)}`];
  return command.exitCode === null || command.exitCode === 0 ? [] : [`  command exited with ${command.exitCode}`];
};

const noteLines = (report: Report, verbose: boolean): string[] => {
  const { unusedRules, inlinePermissions = [], leftRunning, coverage, notices = [], accepted = [] } = report;
  return [
    ...listed(
      accepted.map((gap) => `accepted: ${gapText(gap)}`),
      MOST_GAPS,
    ),
    ...notices.map((notice) => `notice: ${printable(notice)}`),
    ...unusedRules.map((rule) => `unused rule: ${printable(rule)}`),
    ...inlinePermissions
      .filter(({ used }) => used === 0)
      .map(({ target, at }) => `unused permission: ${printable(target)} at ${printable(at)}`),
    ...leftRunning.map((process) => `left running, stopped: ${processText(process)}`),
    ...coverage.uncovered.map((part) => `not audited: ${printable(part)}`),
    ...(verbose ? coverage.fallbacks.map((fallback) => `fallback: ${printable(fallback)}`) : []),
  ].map((line) => `  ${line}`);
};

const suggestionLines = (violations: readonly Violation[]): string[] => {
  const rules = new Set(violations.slice(0, MOST_VIOLATIONS).flatMap(({ suggestedRule }) => suggestedRule ?? []));
  if (rules.size === 0) return [];
  const lines = [...rules].flatMap((rule) => printableLines(rule).split('\n'));
  return ['', '  To allow, add to netaudit.yaml under allowlist:', '', ...lines.map((line) => `  ${line}`)];
};

const BORDER = '='.repeat(60);
const MOST_VIOLATIONS = 500;
const MOST_PIDS = 100;
const MOST_SCOPES = 10;
const MOST_SITES = 5;
const MOST_GAPS = 10;
const MOST_FINDINGS = 20;
const MOST_FINDERS = 5;
