import { destinationText } from '../model/destination.js';
import { printable, printableLines } from '../model/printable.js';
import type { Gap, Report, ReportRenderer, Violation } from '../model/report.js';
import { listed, ownerText, processText } from './owner.js';
import { eventTable } from './table.js';

/** The report for people, without a last line break. */
export const text = {
  description: 'for people: a box of violations, what made them, and rules to paste',
  render: (report, { verbose }) =>
    [
      ...(verbose ? [...eventTable(report.events), ''] : []),
      ...verdictLines(report),
      ...commandLines(report),
      ...noteLines(report, verbose),
      ...suggestionLines(report.violations),
    ].join('\n'),
} satisfies ReportRenderer;

const verdictLines = (report: Report): string[] => {
  const gaps = report.gaps.length > 0 || report.verdict === 'incomplete' ? ['netaudit: incomplete', ...gapLines(report.gaps)] : [];
  if (report.violations.length > 0) return [...box(report.violations), ...gaps];
  return gaps.length > 0 ? gaps : ['netaudit: no violations'];
};

const box = (violations: readonly Violation[]): string[] => {
  const count = violations.length === 1 ? '1 violation' : `${violations.length} violations`;
  return [BORDER, `  netaudit: ${count} detected`, BORDER, ...violations.flatMap(violationLines), BORDER];
};

const violationLines = (violation: Violation): string[] => {
  const { family, count, pids, scopes } = violation;
  return [
    `  ${printable(family)} ${destinationText(violation)} (count=${count}, pids=[${pids.join(', ')}])`,
    ...listed(scopes.map(ownerText), MOST_SCOPES).map((line) => `    ${line}`),
  ];
};

const gapLines = (gaps: readonly Gap[]): string[] => listed(gaps.map(gapText), MOST_GAPS).map((line) => `  ${line}`);

const gapText = ({ kind, reason, line }: Gap): string => `${kind}: ${printable(reason)}${line === undefined ? '' : ` (line ${line})`}`;

const commandLines = ({ command }: Report): string[] => {
  if (command === null) return [];
  if (command.signal !== null) return [`  command was killed by ${printable(command.signal)}`];
  return command.exitCode === null || command.exitCode === 0 ? [] : [`  command exited with ${command.exitCode}`];
};

const noteLines = ({ unusedRules, leftRunning, coverage }: Report, verbose: boolean): string[] =>
  [
    ...unusedRules.map((rule) => `unused rule: ${printable(rule)}`),
    ...leftRunning.map((process) => `left running, stopped: ${processText(process)}`),
    ...coverage.uncovered.map((part) => `not audited: ${printable(part)}`),
    ...(verbose ? coverage.fallbacks.map((fallback) => `fallback: ${printable(fallback)}`) : []),
  ].map((line) => `  ${line}`);

const suggestionLines = (violations: readonly Violation[]): string[] => {
  const rules = new Set(violations.flatMap(({ suggestedRule }) => suggestedRule ?? []));
  if (rules.size === 0) return [];
  const lines = [...rules].flatMap((rule) => printableLines(rule).split('\n'));
  return ['', '  To allow, add to netaudit.yaml under allowlist:', '', ...lines.map((line) => `  ${line}`)];
};

const BORDER = '='.repeat(60);
const MOST_SCOPES = 10;
const MOST_GAPS = 10;
