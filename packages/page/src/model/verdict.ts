import { counted, numberText } from '../text/time.js';
import type { ReportDocument } from './document.js';
import type { Row } from './rows.js';

export type Words = { readonly sign: string; readonly title: string; readonly meaning: string };

/** The verdict in words: what was found, and what that means. */
export const verdictWords = (report: ReportDocument, rows: readonly Row[]): Words => {
  switch (report.verdict) {
    case 'clean':
      return { sign: '✓', title: 'Clean', meaning: cleanMeaning(report, rows) };
    case 'violations':
      return { sign: '✕', title: foundText(report), meaning: violationsMeaning(report) };
    case 'incomplete':
      return { sign: '!', title: 'Incomplete', meaning: incompleteMeaning(report) };
  }
};

const cleanMeaning = (report: ReportDocument, rows: readonly Row[]): string => {
  const known = report.baseline?.known.length ?? 0;
  const accepted = known > 0 ? ` The baseline accepts ${counted(known, 'destination')} that the policy does not allow.` : '';
  if (report.events === undefined) return `The policy allows every connection that was made.${accepted}`;
  if (rows.length === 0) return `The audit is complete, and nothing was connected to.${accepted}`;
  return `The policy allows each of the ${counted(rows.length, 'connection')} that were made.${accepted}`.replace(
    'each of the 1 connection that were',
    'the one connection that was',
  );
};

const foundText = ({ violations, omitted, findings = [] }: ReportDocument): string => {
  const failing = findings.filter(({ level }) => level === 'fail').length;
  if (violations.length === 0 && failing > 0) return counted(failing, 'finding that fails', 'findings that fail');
  return `${numberText(violations.length)}${omitted?.violating ? '+' : ''} ${violations.length === 1 ? 'violation' : 'violations'}`;
};

const violationsMeaning = (report: ReportDocument): string => {
  const { violations, findings = [] } = report;
  const failing = findings.filter(({ level }) => level === 'fail').length;
  const besides = failing > 0 ? ` ${counted(failing, 'finding')} ${failing === 1 ? 'fails' : 'fail'} the run as well.` : '';
  if (violations.length === 0) return 'No connection breaks the policy, but what was found beside them fails the run.';
  const count = violations.reduce((sum, violation) => sum + violation.count, 0);
  const owners = new Set(violations.flatMap(({ scopes }) => scopes.flatMap(({ scope }) => (scope?.kind === 'test' ? [scope.id] : []))));
  const by = owners.size > 0 ? `, made by ${counted(owners.size, 'test')}` : '';
  return `${counted(count, 'connection')} to ${counted(violations.length, 'destination')} that the policy does not allow${by}.${besides}`;
};

const incompleteMeaning = ({ gaps, violations }: ReportDocument): string => {
  const found =
    violations.length > 0 ? ` It found ${counted(violations.length, 'violation')} all the same.` : ' What it did see is allowed.';
  return `The audit did not see everything, so nothing can be concluded from what is missing: ${counted(gaps.length, 'reason')} below.${found}`;
};

/** Whether any test is named in the report; where none is, all is charged to the run. */
export const namesTests = ({ ran = [], scopes = [], violations }: ReportDocument): boolean =>
  ran.some(({ tests }) => tests.length > 0) ||
  scopes.some(({ kind }) => kind === 'test') ||
  violations.some((violation) =>
    violation.scopes.some(({ scope, candidates }) => [scope, ...candidates].some((found) => found?.kind === 'test')),
  );
