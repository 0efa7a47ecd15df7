import { scopeKey, scopeName } from '../model/baseline.js';
import { failingFirst } from '../model/finding.js';
import type { Origin } from '../model/origin.js';
import type { Finding, ProcessInfo, UnusedName, Violation, ViolationScope } from '../model/report.js';
import type { Scope } from '../model/scope.js';

/** Violations of several runs as one list, in the order first seen: one for each destination, one of its scopes for each scope by name. */
export const mergeViolations = (lists: readonly (readonly Violation[])[]): Violation[] =>
  groups(lists.flat(), ({ id }) => id)
    .map(mergeViolation)
    .toSorted((one, other) => one.firstTimestamp - other.firstTimestamp);

/** Findings of several runs as one list, those that fail first. A rule is unused when no run used it, and what is said of rules counts once. */
export const mergeFindings = (lists: readonly (readonly Finding[])[]): Finding[] => {
  const all = groups(lists.flat(), ({ id }) => id).filter(
    ([{ code }, ...others]) => code !== 'unused-rule' || others.length + 1 === lists.length,
  );
  const merged = all.map((same) => ({
    ...same[0],
    level: same.some(({ level }) => level === 'fail') ? ('fail' as const) : ('warn' as const),
    count: same[0].code.endsWith('-rule') ? same[0].count : sum(same),
    scopes: mergeScopes(same),
    evidence: union(same.map(({ evidence }) => evidence)).slice(0, mostEvidence),
  }));
  return failingFirst(merged);
};

export const mergeUnusedNames = (lists: readonly (readonly UnusedName[])[]): UnusedName[] =>
  groups(lists.flat(), ({ name }) => name).map((same) => ({
    name: same[0].name,
    types: union(same.map(({ types }) => types)),
    status: same.find(({ status }) => status === 'NOERROR')?.status ?? same.find(({ status }) => status !== null)?.status ?? null,
    allowed: same.every(({ allowed }) => allowed),
    count: sum(same),
    scopes: mergeScopes(same),
  }));

type Some<Item> = readonly [Item, ...Item[]];

const mergeViolation = (same: Some<Violation>): Violation => {
  const [first] = same;
  const agreed = <Key extends keyof Violation>(key: Key): boolean =>
    same.every((each) => JSON.stringify(each[key]) === JSON.stringify(first[key]));
  return {
    ...first,
    count: sum(same),
    pids: union(same.map(({ pids }) => pids)).toSorted((one, other) => one - other),
    firstTimestamp: Math.min(...same.map(({ firstTimestamp }) => firstTimestamp)),
    scopes: mergeScopes(same),
    host: agreed('host') ? first.host : null,
    hostSource: !agreed('host') || first.host === null ? null : same.some(({ hostSource }) => hostSource === 'lookup') ? 'lookup' : 'dns',
    names: groups(
      same.flatMap(({ names = [] }) => names),
      ({ name, source }) => `${source} ${name}`,
    )
      .map(([name]) => name)
      .slice(0, mostNames),
    attempts: agreed('attempts') ? first.attempts : [],
    ...(same.some(({ deniedBy }) => deniedBy) && { deniedBy: union(same.map(({ deniedBy = [] }) => deniedBy)) }),
    ...(same.some(({ partial }) => partial) && { partial: true as const }),
  };
};

const mergeScopes = (items: readonly { readonly scopes: readonly ViolationScope[] }[]): ViolationScope[] =>
  groups(
    items.flatMap(({ scopes }) => scopes),
    ownerKey,
  ).map((same) => {
    const [{ hosts: _, usedBy: __, ...first }] = same;
    const hosts = union(same.map(({ hosts: some }) => some ?? [null]));
    const usedBy = groups(
      same.flatMap(({ usedBy: some = [] }) => some),
      (scope) => scopeKey(scopeName(scope)),
    ).map(([scope]) => scope);
    return {
      ...first,
      count: sum(same),
      processes: distinct<ProcessInfo>(same.flatMap(({ processes }) => processes)),
      origins: distinct<Origin>(same.flatMap(({ origins }) => origins)),
      ...(hosts.some((host) => host !== null) && { hosts }),
      ...(usedBy.length > 0 && { usedBy }),
    };
  });

/** Ids of scopes are those of one run: over several, a scope is known by its name. */
const ownerKey = ({ method, scope, candidates, timing }: ViolationScope): string =>
  JSON.stringify([method, nameOf(scope), candidates.map(nameOf).toSorted(), timing]);

const nameOf = (scope: Scope | null): string => (scope === null ? '' : scopeKey(scopeName(scope)));

const groups = <Item>(items: readonly Item[], keyOf: (item: Item) => string): Some<Item>[] => {
  const found = new Map<string, [Item, ...Item[]]>();
  for (const item of items) {
    const key = keyOf(item);
    const group = found.get(key);
    if (group) group.push(item);
    else found.set(key, [item]);
  }
  return [...found.values()];
};

const sum = (items: readonly { readonly count: number }[]): number => items.reduce((total, { count }) => total + count, 0);

const union = <Item>(lists: readonly (readonly Item[])[]): Item[] => [...new Set(lists.flat())];

const distinct = <Item>(items: readonly Item[]): Item[] => groups(items, (item) => JSON.stringify(item)).map(([item]) => item);

const mostNames = 20;
const mostEvidence = 3;
