import { scopeKey, scopeName } from '../model/baseline.js';
import { cutText } from '../model/cut.js';
import { destinationKey, placeText } from '../model/destination.js';
import { printable } from '../model/printable.js';
import { meaningOf } from '../model/problem-codes.js';
import type { Finding, Gap, Report, Violation, ViolationScope } from '../model/report.js';
import { fingerprinted } from './fingerprint.js';
import { joinOwners, ownerTitle } from './joined-owners.js';
import { placeOf, placeOfRule } from './place.js';
import type { Problem, Unmarked } from './problem.js';

/** Every violation and finding, by owner; those that fail the run first, those that a baseline knows last. */
export const problemsOf = (report: Report): readonly Problem[] => {
  const findings = (report.findings ?? []).flatMap(ofFinding);
  return fingerprinted([
    ...report.violations.flatMap((violation) => ofViolation(violation, 'error')),
    ...ofOmitted(report),
    ...findings.filter(({ level }) => level === 'error'),
    ...findings.filter(({ level }) => level === 'warning'),
    ...(report.baseline?.known ?? []).flatMap((violation) => ofViolation(violation, 'known')),
  ]);
};

/** Why the audit is not complete; at least one where that is the verdict. */
export const gapProblems = ({ gaps, verdict }: Report): readonly Problem[] =>
  fingerprinted((gaps.length === 0 && verdict === 'incomplete' ? [unknownGap] : gaps).map(ofGap));

const ofViolation = (violation: Violation, level: 'error' | 'known'): Unmarked[] => {
  const { id, host, deniedBy = [], suggestedRule } = violation;
  const code = deniedBy.length > 0 ? 'denied' : 'violation';
  const subject = cutText(placeText(violation, host), LONGEST);
  const why = code === 'denied' ? `is denied by ${cutText(deniedBy.join(', '), LONGEST)}` : 'is not allowed';
  const rule = code === 'denied' ? null : suggestedRule;
  return ownersOf(violation).map((owner) => ({
    code,
    number: meaningOf(code).number,
    level,
    id,
    subject,
    message: `${subject} ${why}${timesText(owner?.count ?? violation.count)}, ${ownerTitle(owner)}`,
    todo: todoOf(code, id, rule),
    rule: rule && flow(rule),
    owner,
    who: ownerTitle(owner),
    place: owner && placeOf(owner),
    count: owner?.count ?? violation.count,
    mark: [code === 'denied' ? 'violation' : code, destinationKey(violation, host), ownerKey(owner)],
  }));
};

const todoOf = (code: 'violation' | 'denied', id: string, rule: string | null): string => {
  if (code === 'denied') return 'take the connection out, what denies wins';
  return rule === null ? 'mock it, no rule can allow it' : `mock it, or allow it: netaudit allow ${id} --reason "why"`;
};

const ofOmitted = ({ omitted }: Report): Unmarked[] =>
  omitted === undefined || omitted.violating === 0
    ? []
    : [
        {
          code: 'violation',
          number: meaningOf('violation').number,
          level: 'error',
          id: null,
          subject: FURTHER,
          message: `${FURTHER} are not allowed${timesText(omitted.violating)}: there are too many to list`,
          todo: 'mend those that are listed',
          rule: null,
          owner: null,
          who: '',
          place: null,
          count: omitted.violating,
          mark: ['violation', FURTHER],
        },
      ];

const ofFinding = (finding: Finding): Unmarked[] => {
  const { id, code, level, subject, message, count } = finding;
  const said = cutText(message, LONGEST);
  return ownersOf(finding).map((owner) => ({
    code,
    number: meaningOf(code).number,
    level: level === 'fail' ? 'error' : 'warning',
    id,
    subject: said,
    message: owner === null ? `${code}: ${said}` : `${code}: ${said}${timesText(owner.count)}, ${ownerTitle(owner)}`,
    todo: `see netaudit explain ${code}`,
    rule: null,
    owner,
    who: ownerTitle(owner),
    place: owner === null ? placeOfRule(finding) : placeOf(owner),
    count: owner?.count ?? count,
    mark: [code, subject, ownerKey(owner)],
  }));
};

const ofGap = ({ kind, reason, line, count = 1 }: Gap): Unmarked => {
  const said = `${cutText(reason, LONGEST)}${line === undefined ? '' : ` (line ${line})`}`;
  const { number, fix } = meaningOf(kind);
  return {
    code: kind,
    number,
    level: 'incomplete',
    id: null,
    subject: said,
    message: `${kind}: ${said}${timesText(count)}`,
    todo: fix.replaceAll('`', ''),
    rule: null,
    owner: null,
    who: '',
    place: null,
    count,
    mark: [kind, reason],
  };
};

/** Each owner once; null where there is none. */
const ownersOf = ({ scopes }: { readonly scopes: readonly ViolationScope[] }): readonly (ViolationScope | null)[] =>
  scopes.length === 0 ? [null] : joinOwners(scopes);

const ownerKey = (owner: ViolationScope | null): string =>
  owner === null
    ? ''
    : [owner.scope, ...owner.candidates]
        .map((scope) => scopeKey(scopeName(scope)))
        .toSorted()
        .join(' ');

/** The lines of a YAML list item as one flow mapping; null for one that is too long to read, or that `printable` would change. */
const flow = (rule: string): string | null => {
  const mapping = `{ ${rule.replace(/^- /, '').split('\n  ').join(', ')} }`;
  return mapping.length > LONGEST || printable(mapping) !== mapping ? null : mapping;
};

const timesText = (count: number): string => (count === 1 ? '' : ` (${count} times)`);

const unknownGap: Gap = { kind: 'lost', reason: 'the report does not say what is missing' };

const FURTHER = 'connections to further destinations';
const LONGEST = 300;
