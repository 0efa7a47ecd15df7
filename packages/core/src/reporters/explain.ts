import { counted } from '../model/count.js';
import { placeText } from '../model/destination.js';
import { printable, printableLines } from '../model/printable.js';
import type { Finding, Violation } from '../model/report.js';
import { nearestText, scopeLines } from './box.js';

/** Everything that a report has of one violation, for people, without a last line break. `known`: a baseline accepts it. */
export const explainViolation = (violation: Violation, known: boolean): string => {
  const { id, family, count, firstTimestamp, names = [], scopes, attempts, host, pids, nearest, suggestedRule } = violation;
  return [
    `${id}  ${printable(family)} ${placeText(violation, host)}`,
    `  ${counted(count, 'connection')}, of ${pids.length === 1 ? 'process' : 'processes'} ${pids.join(', ')}${timeText(firstTimestamp)}`,
    ...(names.length > 0 ? [`  known as ${names.map(({ name, source }) => `${printable(name)} (${sources[source]})`).join(', ')}`] : []),
    ...(attempts.length > 1 ? [`  attempts of the same calls: ${attempts.join(', ')}`] : []),
    ...scopes.map((scope) => `  ${scopeLines(scope, host).replaceAll('\n', '\n  ')}`),
    ...(nearest ? [`  ${nearestText(nearest)}`] : []),
    ...(known ? ['  the baseline accepts it: it does not fail'] : []),
    ...(suggestedRule === null ? ['  no rule can allow it'] : allowLines(id, suggestedRule)),
  ].join('\n');
};

/** Everything that a report has of one finding. `page`: what its code means. */
export const explainFinding = ({ id, code, level, message, count, scopes, evidence }: Finding, page: string | null): string =>
  [
    `${id}  ${level === 'fail' ? 'error' : 'warning'}: ${code}: ${printable(message)}`,
    `  seen ${counted(count, 'time')}`,
    ...scopes.map((scope) => `  ${scopeLines(scope, null).replaceAll('\n', '\n  ')}`),
    ...evidence.map((line) => `  trace: ${printable(line)}`),
    ...(page === null ? [] : ['', page.trimEnd()]),
  ].join('\n');

const allowLines = (id: string, rule: string): string[] => [
  `  to allow it: netaudit allow ${id} --reason "why", which adds a rule such as`,
  ...printableLines(rule)
    .split('\n')
    .map((line) => `    ${line}`),
];

/** Times of day, as some logs have, are no dates. */
const timeText = (seconds: number): string =>
  seconds > 1e9 && seconds < 1e11 ? `, first at ${new Date(seconds * 1000).toISOString()}` : '';

const sources = { dns: 'answered by DNS', lookup: 'looked up in JavaScript' } as const;
