import { createHash } from 'node:crypto';
import { plainName } from '../model/destination.js';
import type { JudgedEvent, Violation, ViolationScope } from '../model/report.js';
import {
  type Destination,
  type DestinationTally,
  destinationKey,
  isBefore,
  type OwnerTally,
  type Place,
  type Seen,
  ViolationTally,
} from './violation-tally.js';

/** The allowlist entry for a destination, or null. */
type Suggest = (destination: Destination) => string | null;

/** How often a scope was begun. */
type RunsOf = (scope: string) => number;

/** The violations among the events, one for each destination, in the order first seen (by `ts`, then `seq`). */
export const groupViolations = (events: readonly JudgedEvent[], suggest: Suggest, runsOf?: RunsOf): Violation[] => {
  const tally = new ViolationTally();
  for (const judged of events) if (judged.status === 'violation') tally.add(judged);
  return listViolations(tally, suggest, runsOf);
};

/** The violations that were counted, one for each destination, in the order first seen. */
export const listViolations = (tally: ViolationTally, suggest: Suggest, runsOf: RunsOf = () => 1): Violation[] => {
  const groups = [...tally.destinations.values()].toSorted(inOrder);
  const attempts = attemptsOf(groups);
  return groups.map((group) => violationOf(group, attempts.get(group) ?? [], { suggest, runsOf }));
};

const inOrder = (one: { readonly first: Place }, other: { readonly first: Place }): number => (isBefore(one.first, other.first) ? -1 : 1);

const idOf = ({ key }: Pick<DestinationTally, 'key'>): string => `v-${createHash('sha256').update(key).digest('hex').slice(0, 8)}`;

/** The id of the violation that is about a destination, in every report. */
export const violationId = (destination: Destination): string => idOf({ key: destinationKey(destination) });

/** Ids of the destinations that the same calls asked for by the same host and port, and nobody else. */
const attemptsOf = (groups: readonly DestinationTally[]): Map<DestinationTally, readonly string[]> => {
  const together = new Map<string, DestinationTally[]>();
  for (const group of groups) {
    if (group.callless > 0 || group.partial) continue;
    const key = [...group.calls].toSorted().join();
    together.set(key, [...(together.get(key) ?? []), group]);
  }
  return new Map([...together.values()].flatMap((each) => each.map((group) => [group, each.length > 1 ? each.map(idOf) : []] as const)));
};

const violationOf = (
  group: DestinationTally,
  attempts: readonly string[],
  { suggest, runsOf }: { readonly suggest: Suggest; readonly runsOf: RunsOf },
): Violation => {
  return {
    id: idOf(group),
    ...group.destination,
    count: group.count,
    pids: [...group.pids].toSorted((one, other) => one - other),
    firstTimestamp: group.firstTimestamp,
    scopes: [...group.owners.values()].toSorted(inOrder).map((owner) => scopeOf(owner, runsOf)),
    suggestedRule: group.denied.size > 0 ? null : suggest(group.destination),
    ...(group.denied.size > 0 && { deniedBy: [...group.denied] }),
    ...hostOf(group),
    names: valuesOf(group.names).slice(0, mostNames),
    attempts,
    ...(group.partial && { partial: true as const }),
  };
};

/** The name that all calls asked for, if it is one. */
const hostOf = (group: DestinationTally): Pick<Violation, 'host' | 'hostSource'> => {
  const [host = null, ...others] = group.hosts.keys();
  if (host === null || others.length > 0) return { host: null, hostSource: null };
  return { host, hostSource: group.answered?.has(plainName(host)) ? 'dns' : 'lookup' };
};

const scopeOf = (tally: OwnerTally, runsOf: RunsOf): ViolationScope => {
  const { attempt: _, ...owner } = tally.owner;
  const run = owner.scope ? runsOf(owner.scope.id) : 1;
  const violated = [...tally.attempts].toSorted((one, other) => one - other);
  const usedBy = valuesOf(tally.usedBy);
  return {
    ...owner,
    count: tally.count,
    processes: valuesOf(tally.processes),
    origins: valuesOf(tally.origins),
    ...([...tally.hosts.keys()].some((host) => host !== null) && { hosts: [...tally.hosts.keys()] }),
    ...(usedBy.length > 0 && { usedBy }),
    ...(run > 1 && violated.length > 0 && { testAttempts: { violated, run } }),
  };
};

/** In the order first seen. A process that called exec is listed once for each program it was. */
const valuesOf = <Value>(seen: Seen<Value>): Value[] => [...seen.values()].toSorted(inOrder).map(({ value }) => value);

const mostNames = 20;
