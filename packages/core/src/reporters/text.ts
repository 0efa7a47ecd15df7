import { printable, printableLines } from '../model/printable.js';
import type { Finding, Gap, RenderOptions, Report, ReportRenderer, Violation } from '../model/report.js';
import { baselineLines } from './baseline.js';
import { moreText, scopeLines, shownOf, violationBox } from './box.js';
import { lastLine } from './last-line.js';
import { layOut } from './layout.js';
import { listed, processText } from './owner.js';
import { provenanceLines } from './provenance.js';
import { type Style, styleFor } from './style.js';
import { eventTable } from './table.js';
import { unusedNameLines } from './unused-names.js';

/** The report for people, without a last line break; its last line is for programs. */
export const text = {
  description: 'for people: a box of violations, what made them, and rules to paste',
  log: true,
  render: (report, options) => {
    const body = bodyText(report, options);
    return `${body}\n${body.includes('\n\n') ? '\n' : ''}${lastLine(report)}`;
  },
} satisfies ReportRenderer;

/** The report without its last line, for events that are of no run. What is to be copied is never wrapped. */
export const bodyText = (report: Report, { verbose, colors = false, width = null }: RenderOptions): string => {
  const style = styleFor(colors);
  const lines = [
    ...(verbose ? [...eventTable(report.events, style), ...moreText(report.omitted?.events, 'events'), ''] : []),
    ...verdictLines(report, style, width),
    ...baselineLines(report.baseline),
    ...findingLines(report.findings ?? [], style),
    ...unusedNameLines(report.unusedNames ?? [], verbose),
    ...commandLines(report),
    ...noteLines(report, verbose),
    ...(verbose ? provenanceLines(report.provenance) : []),
  ];
  return [...layOut(lines, width), ...suggestionLines(report.violations)].join('\n');
};

const verdictLines = (report: Report, style: Style, width: number | null): string[] => {
  const isIncomplete = report.gaps.length > 0 || report.verdict === 'incomplete';
  const gaps = isIncomplete ? [style.bold(style.yellow('netaudit: incomplete')), ...gapLines(report.gaps)] : [];
  if (report.violations.length > 0) return [...violationBox(report, style, width), ...gaps];
  if (gaps.length > 0) return gaps;
  return [report.verdict === 'clean' ? style.green('netaudit: no violations') : style.red('netaudit: findings fail this run')];
};

/** What was found beside the violations, the ones that fail the run first; each with who did it. */
const findingLines = (findings: readonly Finding[], style: Style): string[] =>
  listed(
    findings.filter(isNoNote).map((finding) => findingText(finding, style)),
    MOST_FINDINGS,
  ).map((lines) => `  ${lines}`);

/** Rules that were not used are listed among the notes, unless they fail the run. */
const isNoNote = ({ code, level }: Finding): boolean => code !== 'unused-rule' || level === 'fail';

const findingText = ({ code, level, message, count, scopes }: Finding, style: Style): string =>
  [
    `${level === 'fail' ? style.red('error') : style.yellow('warning')}: ${code}: ${printable(message)} (count=${count})`,
    ...listed(
      scopes.map((scope) => scopeLines(scope, null, style)),
      MOST_FINDERS,
    ).map((lines) => `    ${lines}`),
  ].join('\n');

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
  const shown = shownOf(violations);
  const rules = new Set(shown.flatMap(({ suggestedRule }) => suggestedRule ?? []));
  if (rules.size === 0) return [];
  const lines = [...rules].flatMap((rule) => printableLines(rule).split('\n'));
  const others = violations.length - shown.length;
  return [
    '',
    '  To allow, add to netaudit.yaml under allowlist:',
    '',
    ...lines.map((line) => `  ${line}`),
    ...(others > 0 ? ['', `  For the ${others} others: netaudit suggest REPORT, with a report of --format json`] : []),
  ];
};

const MOST_GAPS = 10;
const MOST_FINDINGS = 20;
const MOST_FINDERS = 5;
