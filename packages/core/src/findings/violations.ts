import { createHash } from 'node:crypto';
import type { JudgedEvent, ProcessInfo, Violation, ViolationScope } from '../model/report.js';

/** What a violation is about. */
export type Destination = Pick<Violation, 'family' | 'addr' | 'port'>;

/**
 * The violations among the events, one for each destination, in the order first seen (by `ts`, then `seq`). `suggest` gives the allowlist
 * entry for a destination, or null.
 */
export const groupViolations = (events: readonly JudgedEvent[], suggest: (destination: Destination) => string | null): Violation[] => {
  const violating = events.filter(({ status }) => status === 'violation').toSorted(inOrder);
  return groupedBy(violating, (judged) => keyOf(destinationOf(judged))).map((group) => violationOf(group, suggest));
};

const inOrder = ({ event: one }: JudgedEvent, { event: other }: JudgedEvent): number => one.ts - other.ts || one.seq - other.seq;

const groupedBy = <T>(items: readonly T[], key: (item: T) => string): (readonly [T, ...T[]])[] => {
  const groups = new Map<string, [T, ...T[]]>();
  for (const item of items) {
    const group = groups.get(key(item));
    if (group) group.push(item);
    else groups.set(key(item), [item]);
  }
  return [...groups.values()];
};

const destinationOf = ({ event: { family, addr, port } }: JudgedEvent): Destination => ({ family: family ?? 'AF_UNKNOWN', addr, port });

const keyOf = ({ family, addr, port }: Destination): string => `${family}|${addr ?? ''}|${port ?? ''}`;

const violationOf = (group: readonly [JudgedEvent, ...JudgedEvent[]], suggest: (destination: Destination) => string | null): Violation => {
  const destination = destinationOf(group[0]);
  return {
    id: `v-${createHash('sha256').update(keyOf(destination)).digest('hex').slice(0, 8)}`,
    ...destination,
    count: group.length,
    pids: [...new Set(group.map(({ event }) => event.pid))].toSorted((one, other) => one - other),
    firstTimestamp: group[0].event.timestamp,
    scopes: groupedBy(group, ownerKey).map(scopeOf),
    suggestedRule: suggest(destination),
  };
};

const ownerKey = ({ owner: { method, scope, candidates, timing } }: JudgedEvent): string =>
  JSON.stringify([method, scope?.id ?? null, candidates.map(({ id }) => id).toSorted(), timing]);

const scopeOf = (group: readonly [JudgedEvent, ...JudgedEvent[]]): ViolationScope => ({
  ...group[0].owner,
  count: group.length,
  processes: processesOf(group),
});

/** A process that called exec is listed once for each program it was. */
const processesOf = (group: readonly [JudgedEvent, ...JudgedEvent[]]): ProcessInfo[] =>
  groupedBy(group, ({ process: { pid, argv } }) => JSON.stringify([pid, argv])).map(([{ process }]) => process);
