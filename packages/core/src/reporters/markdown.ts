import { counted } from '../model/count.js';
import type { Report, ReportRenderer } from '../model/report.js';
import { codeBlock, codeCell, codeSpan } from './markdown-code.js';
import { listed } from './owner.js';
import { placeLabel } from './place.js';
import type { Problem } from './problem.js';
import { gapProblems, problemsOf } from './problems.js';
import { runFacts } from './run-facts.js';

/** GitHub's Markdown, which GitLab reads too, short enough for a comment on a pull request; verbose as `jobSummary`. */
export const markdown = {
  description: 'Markdown, for a comment or a job summary',
  render: (report, { verbose }) => (verbose ? jobSummary(report) : markdownWithin(report, COMMENT)),
} satisfies ReportRenderer;

/** What belongs into the file that GITHUB_STEP_SUMMARY names, without a last line break. `room`: how many bytes it may take, of the 1 MiB that GitHub reads of a step. */
export const jobSummary = (report: Report, room: number = SUMMARY): string => markdownWithin(report, room);

const markdownWithin = (report: Report, room: number): string => {
  const gaps = gapProblems(report);
  const problems = problemsOf(report);
  const failing = problems.filter(({ level }) => level === 'error');
  const before = [`## netaudit: ${headline(report, failing.length)}`, ...gapLines(gaps)];
  const after = [...warningLines(problems), ...noteLines(report), ...factLines(report)];
  const left = room - bytes([...before, ...after]) - RESERVE;
  const table = tableLines(failing, left / 2);
  const lines = [...before, ...table, ...ruleLines(failing, left - bytes(table)), ...after];
  const short = [before[0] ?? '', '', 'All else is left out here, for its size; the JSON report has it.'];
  return (bytes(lines) <= room ? lines : short).join('\n');
};

const headline = ({ verdict, violations }: Report, failing: number): string => {
  if (verdict === 'incomplete') return 'incomplete';
  if (verdict === 'clean') return 'no violations';
  if (violations.length === 0) return 'findings fail this run';
  const count = counted(violations.length, 'violation');
  return failing > violations.length ? `${count}, ${failing} places` : count;
};

const gapLines = (gaps: readonly Problem[]): string[] =>
  gaps.length === 0
    ? []
    : [
        '',
        'The audit is **incomplete**: what is not listed here may have happened all the same.',
        '',
        ...bullets(gaps.map(({ number, message }) => `${number} ${codeSpan(message, LONGEST)}`)),
      ];

const tableLines = (problems: readonly Problem[], room: number): string[] => {
  if (problems.length === 0) return [];
  const head = ['', '| what | by | where | id |', '| --- | --- | --- | --- |'];
  const rows = fitting(problems.map(rowOf), room - bytes(head));
  const left = problems.length - rows.length;
  return [
    ...head,
    ...rows,
    ...(left === 0 ? [] : ['', `${left} more of ${problems.length} are left out here, for their size; the JSON report lists them.`]),
  ];
};

const rowOf = ({ number, code, subject, count, who, place, id }: Problem): string =>
  `| ${number} ${code} ${codeCell(subject)}${count === 1 ? '' : ` ${count} times`} | ${who === '' ? '' : codeCell(who)} | ${place === null ? '' : codeCell(placeLabel(place))} | ${id ?? ''} |`;

const ruleLines = (problems: readonly Problem[], room: number): string[] => {
  const rules = [...new Set(problems.flatMap(({ rule }) => (rule === null ? [] : [`- ${rule}`])))];
  if (rules.length === 0) return [];
  const shown = fitting(rules, room);
  const left = rules.length - shown.length;
  return [
    '',
    'To allow, add to `netaudit.yaml` under `allowlist:`',
    '',
    ...codeBlock(shown.join('\n'), 'yaml'),
    ...(left === 0 ? [] : ['', `${left} more rules are left out here, for their size.`]),
  ];
};

const warningLines = (problems: readonly Problem[]): string[] => {
  const warnings = problems.filter(({ level }) => level === 'warning');
  if (warnings.length === 0) return [];
  return [
    '',
    `### ${counted(warnings.length, 'warning')}`,
    '',
    ...bullets(warnings.map(({ number, message }) => `${number} ${codeSpan(message, LONGEST)}`)),
  ];
};

const noteLines = (report: Report): string[] => {
  const { baseline, command, coverage, unusedRules } = report;
  const known = (baseline?.known ?? []).length;
  const notes = [
    ...(baseline && known > 0
      ? [`${counted(known, 'destination is', 'destinations are')} known, as ${codeSpan(baseline.file)} accepts`]
      : []),
    ...(command?.signal ? [`the command was killed by ${codeSpan(command.signal)}`] : []),
    ...(command?.exitCode ? [`the command exited with ${command.exitCode}`] : []),
    ...coverage.uncovered.map((part) => `not audited: ${codeSpan(part, LONGEST)}`),
    ...(unusedRules.length > 0
      ? [
          `unused rules: ${listed(
            unusedRules.map((rule) => codeSpan(rule)),
            MOST,
          ).join(', ')}`,
        ]
      : []),
  ];
  return notes.length === 0 ? [] : ['', '### Notes', '', ...bullets(notes)];
};

const factLines = (report: Report): string[] =>
  report.provenance
    ? [
        '',
        runFacts(report)
          .map(([name, value]) => `${name} ${codeSpan(value)}`)
          .join(' · '),
      ]
    : [];

const bullets = (texts: readonly string[]): string[] => listed(texts, MOST).map((text) => `- ${text}`);

/** As many of the lines, from the first, as fit into so many bytes. */
const fitting = (lines: readonly string[], room: number): readonly string[] => {
  let used = 0;
  const end = lines.findIndex((line) => {
    used += Buffer.byteLength(line) + 1;
    return used > room;
  });
  return end < 0 ? lines : lines.slice(0, end);
};

const bytes = (lines: readonly string[]): number => lines.reduce((sum, line) => sum + Buffer.byteLength(line) + 1, 0);

/** A comment on GitHub takes 65,536 characters. */
const COMMENT = 65_000;
/** GitHub refuses a summary of more than 1 MiB. */
const SUMMARY = 1_000_000;
/** For the sentences of what is left out. */
const RESERVE = 500;
const MOST = 20;
const LONGEST = 600;
