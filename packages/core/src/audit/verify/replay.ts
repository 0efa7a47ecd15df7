import { counted } from '../../model/count.js';
import { placeText } from '../../model/destination.js';
import type { Report, Violation, ViolationScope } from '../../model/report.js';
import { scopeTitle } from '../../model/scope.js';

/**
 * What a report has that its trace, judged again by the same policy, does not give, and the other way round, one sentence each. What a baseline
 * knows counts with the violations; a report that is incomplete may say more than its trace, never less.
 */
export const replayMistakes = (report: Report, replay: Report): readonly string[] => [
  ...(report.coverage.lines === replay.coverage.lines
    ? []
    : [`the report rests on ${report.coverage.lines} lines, and the trace has ${replay.coverage.lines}`]),
  ...(replay.verdict === 'incomplete' && report.verdict !== 'incomplete'
    ? [`the report is ${report.verdict}, and the trace is incomplete: ${replay.gaps[0]?.reason ?? ''}`]
    : []),
  ...differences(countsOf(report), countsOf(replay)),
  ...(replay.findings ?? [])
    .filter(({ id, level }) => level === 'fail' && !report.findings?.some((finding) => finding.id === id && finding.level === level))
    .map(({ code, subject }) => `the trace has the finding ${code}: ${subject}, and the report has not`),
];

/** How many events of each owner went to each destination. */
type Counts = ReadonlyMap<string, number>;

const countsOf = ({ violations, baseline }: Report): Counts => {
  const counts = new Map<string, number>();
  const add = (key: string, count: number): void => void counts.set(key, (counts.get(key) ?? 0) + count);
  for (const violation of [...violations, ...(baseline?.known ?? [])]) {
    const place = `${violation.family} ${placeText(violation, violation.host)}`;
    if (violation.partial || violation.scopes.length === 0) add(place, violation.count);
    else for (const scope of violation.scopes) add(`${place} by ${ownerOf(scope)}`, scope.count);
  }
  return counts;
};

const ownerOf = ({ scope, candidates }: ViolationScope): string => {
  if (scope) return scopeTitle(scope);
  return candidates.length === 0 ? 'nobody' : `one of ${candidates.map(scopeTitle).toSorted().join(', ')}`;
};

const differences = (report: Counts, replay: Counts): string[] =>
  [...new Set([...report.keys(), ...replay.keys()])].flatMap((key) => {
    const [said, found] = [report.get(key) ?? 0, replay.get(key) ?? 0];
    return said === found ? [] : [`${key}: ${said} in the report, ${found} in the trace`];
  });

/** How many violations there are, for people. */
export const violationsText = ({ length }: readonly Violation[]): string => counted(length, 'violation');
