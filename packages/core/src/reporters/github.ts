import { printable } from '../model/printable.js';
import { meaningOf } from '../model/problem-codes.js';
import type { Report, ReportRenderer } from '../model/report.js';
import { fullPlace, type Place } from './place.js';
import type { Problem } from './problem.js';
import { gapProblems, problemsOf } from './problems.js';

/**
 * Workflow commands: at most ten errors and ten warnings, which is what GitHub shows of a step, and a notice that counts the rest. The job
 * summary (`jobSummary` of reporters/markdown.ts) has them all.
 */
export const github = {
  description: 'workflow commands of GitHub Actions: annotations at the lines',
  log: true,
  render: (report) => {
    const problems = problemsOf(report);
    const errors = [...gapCommands(report), ...problems.filter(({ level }) => level === 'error').map(commandOf)];
    const warnings = problems.filter(({ level }) => level === 'warning').map(commandOf);
    const left = Math.max(0, errors.length - MOST) + Math.max(0, warnings.length - MOST);
    const more = left === 0 ? [] : [`::notice title=netaudit::${left} more in the job summary, and in the reports that were asked for`];
    const lines = [...errors.slice(0, MOST), ...warnings.slice(0, MOST), ...more];
    return lines.length === 0 ? `::debug::netaudit: ${report.verdict === 'clean' ? 'no violations' : report.verdict}` : lines.join('\n');
  },
} satisfies ReportRenderer;

/** One command for all gaps, so that they leave room for violations. */
const gapCommands = (report: Report): string[] => {
  const gaps = gapProblems(report);
  if (gaps.length === 0) return [];
  const text = ['The audit is incomplete.', ...gaps.slice(0, MOST).map(({ number, message }) => `${number} ${message}`)];
  const more = gaps.length > MOST ? [`and ${gaps.length - MOST} more`] : [];
  return [`::error title=${property('netaudit: incomplete')}::${data([...text, ...more].join('\n'))}`];
};

const commandOf = ({ level, code, number, message, todo, place, id }: Problem): string => {
  const title = `title=${property(`netaudit ${number} ${code}: ${meaningOf(code).about.replace(/\.$/, '')}`)}`;
  const properties = [...(place === null ? [] : placeProperties(place)), title].join(',');
  return `::${level === 'error' ? 'error' : 'warning'} ${properties}::${data([`${message}.`, id === null ? todo : `${id}: ${todo}`].join('\n'))}`;
};

const placeProperties = (place: Place): string[] => {
  const { file, line, column } = fullPlace(place);
  return [`file=${property(printable(file))}`, `line=${line}`, `col=${column}`];
};

const data = (text: string): string => text.replaceAll('%', '%25').replaceAll('\r', '%0D').replaceAll('\n', '%0A');

const property = (text: string): string => data(text).replaceAll(':', '%3A').replaceAll(',', '%2C');

const MOST = 10;
