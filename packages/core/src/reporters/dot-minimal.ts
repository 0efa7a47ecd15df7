import { printableJson } from '../model/printable.js';
import type { Report, ReportRenderer } from '../model/report.js';
import { placeLabel } from './place.js';
import type { Problem } from './problem.js';
import { gapProblems, problemsOf } from './problems.js';

/**
 * For a reader that pays for every word: `file:line:column CODE what: what to do`, a line each, of which verbose shows all; then one line of JSON
 * with the counts.
 */
export const dotMinimal = {
  description: 'for coding agents: a line for each problem, the last line is JSON',
  log: true,
  render: (report, { verbose }) => {
    const problems = problemsOf(report).filter(({ level }) => level !== 'known');
    const lines = linesOf([...gapProblems(report), ...problems]);
    const shown = verbose ? lines : lines.slice(0, MOST);
    return [...shown, printableJson(JSON.stringify(countsOf(report, problems, lines.length - shown.length)))].join('\n');
  },
} satisfies ReportRenderer;

const linesOf = (problems: readonly Problem[]): string[] => {
  const told = new Set<string>();
  return problems.map((problem) => {
    const todo = todoOf(problem);
    const shown = told.has(todo) ? 'as above' : todo;
    told.add(todo);
    return `${placeLabel(problem.place)} ${problem.number} ${problem.message}: ${shown}`;
  });
};

const todoOf = ({ rule, todo }: Problem): string => (rule === null ? todo : `mock it, or add to allowlist: ${rule}`);

const countsOf = (report: Report, problems: readonly Problem[], left: number) => ({
  netaudit: report.verdict,
  run: report.runId,
  exit: report.exitCode,
  violations: report.violations.length,
  errors: problems.filter(({ level }) => level === 'error').length,
  warnings: problems.filter(({ level }) => level === 'warning').length,
  gaps: report.gaps.length,
  ...(report.omitted && report.omitted.violating > 0 && { unlisted: report.omitted.violating }),
  ...(left > 0 && { left }),
});

const MOST = 500;
