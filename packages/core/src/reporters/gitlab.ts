import { printable, printableJson } from '../model/printable.js';
import type { ReportRenderer } from '../model/report.js';
import { fullPlace } from './place.js';
import type { Problem } from './problem.js';
import { gapProblems, problemsOf } from './problems.js';

/** GitLab's Code Quality report: a list of issues, of which GitLab compares those of two branches by their fingerprints. */
export const gitlab = {
  description: 'Code Quality report of GitLab',
  render: (report) => printableJson(JSON.stringify([...gapProblems(report), ...problemsOf(report)].map(issueOf), null, 2)),
} satisfies ReportRenderer;

const issueOf = (problem: Problem) => {
  const { file, line } = fullPlace(problem.place);
  return {
    type: 'issue',
    check_name: `${problem.number} ${problem.code}`,
    description: problem.message,
    categories: ['Security'],
    severity: severityOf(problem),
    fingerprint: problem.fingerprint,
    location: { path: printable(file), lines: { begin: line } },
  };
};

const severityOf = ({ level }: Problem): string => {
  switch (level) {
    case 'incomplete':
      return 'blocker';
    case 'error':
      return 'critical';
    case 'warning':
      return 'minor';
    case 'known':
      return 'info';
  }
};
