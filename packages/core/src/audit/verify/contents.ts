import { violationId } from '../../findings/violations.js';
import type { Report, Violation } from '../../model/report.js';
import type { WrittenReport } from '../../reports/read.js';
import { exitCodeOf, verdictOf } from '../verdict.js';

/** What a report says of its own contents and does not follow from them, one sentence each. */
export const contentMistakes = ({ written, report }: WrittenReport): readonly string[] => [
  ...totalMistakes(written, report),
  ...verdictMistakes(report),
  ...[...report.violations, ...(report.baseline?.known ?? [])].flatMap(violationMistakes),
  ...idMistakes(report),
  ...unreadMistakes(report),
  ...eventMistakes(written, report),
];

const totalMistakes = ({ summary }: WrittenReport['written'], { violations }: Report): string[] => {
  const { total } = summary as { readonly total: number };
  return total === violations.length ? [] : [`summary.total is ${total}, and there are ${violations.length} violations`];
};

/** In the modes warn and report the command's own exit code is left as it is. */
const verdictMistakes = ({ verdict, violations, findings = [], gaps, exitCode, command }: Report): string[] => {
  const recounted = verdictOf(violations, findings, gaps);
  if (recounted !== verdict) return [`the verdict is ${verdict}, and what is listed comes to ${recounted}`];
  const codes = (['fail', 'warn'] as const).map((mode) => exitCodeOf({ verdict, gaps, command, mode }));
  return codes.includes(exitCode) ? [] : [`the exit code is ${exitCode}, and what is listed comes to ${[...new Set(codes)].join(' or ')}`];
};

const violationMistakes = (violation: Violation): string[] => {
  const { id, count, scopes, partial } = violation;
  const expected = violationId(violation);
  if (id !== expected) return [`violation ${id} has a destination whose id is ${expected}`];
  const charged = scopes.reduce((sum, scope) => sum + scope.count, 0);
  return partial || charged === count ? [] : [`violation ${id} has the count ${count}, and its scopes have ${charged}`];
};

const idMistakes = ({ violations }: Report): string[] => {
  const ids = violations.map(({ id }) => id);
  const twice = ids.find((id, index) => ids.indexOf(id) < index);
  return twice === undefined ? [] : [`violation ${twice} is listed twice`];
};

const unreadMistakes = ({ coverage, gaps, accepted = [] }: Report): string[] => {
  const told = [...gaps, ...accepted].some(({ kind }) => kind === 'unread');
  return (coverage.unreadLines ?? 0) > 0 && !told ? ['lines could not be read, and no gap says so'] : [];
};

type WrittenEvent = Pick<Violation, 'family' | 'addr' | 'port'> & { readonly status: string };

/** Only where every event is listed. */
const eventMistakes = ({ events }: WrittenReport['written'], { violations, omitted }: Report): string[] => {
  if (!Array.isArray(events) || omitted) return [];
  const counts = new Map<string, number>();
  for (const event of (events as readonly WrittenEvent[]).filter(({ status }) => status === 'violation')) {
    const id = violationId(event);
    counts.set(id, (counts.get(id) ?? 0) + 1);
  }
  const listed = new Map(violations.map(({ id, count }) => [id, count]));
  return [...new Set([...counts.keys(), ...listed.keys()])].flatMap((id) =>
    counts.get(id) === listed.get(id)
      ? []
      : [`violation ${id} has the count ${listed.get(id) ?? 0}, and there are ${counts.get(id) ?? 0} such events`],
  );
};
