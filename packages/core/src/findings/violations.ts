import { createHash } from 'node:crypto';
import type { Origin } from '../model/origin.js';
import type { HostName, JudgedEvent, ProcessInfo, Violation, ViolationScope } from '../model/report.js';

/** What a violation is about. */
export type Destination = Pick<Violation, 'family' | 'addr' | 'port'>;

/** The allowlist entry for a destination, or null. */
type Suggest = (destination: Destination) => string | null;

/** How often a scope was begun. */
type RunsOf = (scope: string) => number;

type Lookups = { readonly suggest: Suggest; readonly runsOf: RunsOf };

/** The violations among the events, one for each destination, in the order first seen (by `ts`, then `seq`). */
export const groupViolations = (events: readonly JudgedEvent[], suggest: Suggest, runsOf: RunsOf = () => 1): Violation[] => {
  const violating = events.filter(({ status }) => status === 'violation').toSorted(inOrder);
  const groups = groupedBy(violating, (judged) => keyOf(destinationOf(judged)));
  const attempts = groupedBy(groups, attemptKey).map((together) => together.map(idOf));
  return groups.map((group) => violationOf(group, attempts.find((ids) => ids.includes(idOf(group))) ?? [], { suggest, runsOf }));
};

type Group = readonly [JudgedEvent, ...JudgedEvent[]];

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

const idOf = (group: Group): string =>
  `v-${createHash('sha256')
    .update(keyOf(destinationOf(group[0])))
    .digest('hex')
    .slice(0, 8)}`;

/** The same for destinations that the same calls asked for by the same host and port, and nobody else. */
const attemptKey = (group: Group): string => {
  const calls = group.map(({ origin, event: { port } }) => (origin?.host ? JSON.stringify([origin.call, origin.host, port]) : null));
  return calls.includes(null) ? idOf(group) : [...new Set(calls)].toSorted().join();
};

/** The name that all calls asked for, if it is one; what the test thread told of its own call comes before what an answer told. */
const hostOf = (group: Group): Pick<Violation, 'host' | 'hostSource'> => {
  const hosts = group.map(({ origin, names = [] }) => origin?.host ?? names[0]?.name ?? null);
  const [host = null, ...others] = new Set(hosts);
  if (host === null || others.length > 0) return { host: null, hostSource: null };
  const answered = group.every(({ names = [] }) => names.some(({ name, source }) => source === 'dns' && sameName(name, host)));
  return { host, hostSource: answered ? 'dns' : 'lookup' };
};

const sameName = (one: string, other: string): boolean => plain(one) === plain(other);
const plain = (name: string): string => name.toLowerCase().replace(/\.$/, '');

const namesOf = (group: Group): HostName[] =>
  groupedBy(
    group.flatMap(({ names = [] }) => names),
    ({ name, source }) => `${source} ${name}`,
  )
    .slice(0, mostNames)
    .map(([first]) => first);

const violationOf = (group: Group, attempts: readonly string[], { suggest, runsOf }: Lookups): Violation => {
  const destination = destinationOf(group[0]);
  return {
    id: idOf(group),
    ...destination,
    count: group.length,
    pids: [...new Set(group.map(({ event }) => event.pid))].toSorted((one, other) => one - other),
    firstTimestamp: group[0].event.timestamp,
    scopes: groupedBy(group, ownerKey).map((owned) => scopeOf(owned, runsOf)),
    suggestedRule: suggest(destination),
    ...hostOf(group),
    names: namesOf(group),
    attempts: attempts.length > 1 ? attempts : [],
  };
};

const ownerKey = ({ owner: { method, scope, candidates, timing } }: JudgedEvent): string =>
  JSON.stringify([method, scope?.id ?? null, candidates.map(({ id }) => id).toSorted(), timing]);

const scopeOf = (group: Group, runsOf: RunsOf): ViolationScope => {
  const { attempt: _, ...owner } = group[0].owner;
  const run = owner.scope ? runsOf(owner.scope.id) : 1;
  const violated = [...new Set(group.flatMap((judged) => judged.owner.attempt ?? []))].toSorted((one, other) => one - other);
  return {
    ...owner,
    count: group.length,
    processes: processesOf(group),
    origins: originsOf(group),
    ...usersOf(group),
    ...(run > 1 && violated.length > 0 && { testAttempts: { violated, run } }),
  };
};

const usersOf = (group: Group): Pick<ViolationScope, 'usedBy'> => {
  const usedBy = groupedBy(
    group.flatMap((judged) => judged.usedBy ?? []),
    ({ id }) => id,
  ).map(([scope]) => scope);
  return usedBy.length > 0 ? { usedBy } : {};
};

/** A process that called exec is listed once for each program it was. */
const processesOf = (group: Group): ProcessInfo[] =>
  groupedBy(group, ({ process: { pid, argv } }) => JSON.stringify([pid, argv])).map(([{ process }]) => process);

const originsOf = (group: Group): Origin[] => {
  const calls = new Map(group.flatMap(({ origin }) => (origin ? [[origin.call, origin] as const] : [])));
  return [...calls.values()];
};

const mostNames = 20;
