import { scopeKey, scopeName } from '../model/baseline.js';
import { cutText } from '../model/cut.js';
import type { ViolationScope } from '../model/report.js';
import { scopeTitle } from '../model/scope.js';
import { listed } from './owner.js';

/** Each scope, or set of candidates, once: entries that differ only in method or timing are counted together. */
export const joinOwners = (owners: readonly ViolationScope[]): readonly ViolationScope[] => {
  const joined = new Map<string, ViolationScope>();
  for (const owner of owners) {
    const key = JSON.stringify([owner.scope, ...owner.candidates].map((scope) => scopeKey(scopeName(scope))));
    const known = joined.get(key);
    joined.set(key, known ? join(known, owner) : owner);
  }
  return [...joined.values()];
};

/** Whose doing it was, on one line. */
export const ownerTitle = (owner: ViolationScope | null): string => {
  if (owner === null) return 'outside any test';
  const { scope, candidates } = owner;
  if (scope !== null) return scope.kind === 'run' ? scopeTitle(scope) : `by ${cutText(scopeTitle(scope), LONGEST)}`;
  if (candidates.length === 0) return 'outside any test';
  const titles = listed(
    candidates.map((candidate) => cutText(scopeTitle(candidate), LONGEST)),
    MOST_CANDIDATES,
  );
  return candidates.length === 1 ? `perhaps by ${titles.join('')}` : `by one of ${candidates.length}: ${titles.join(' | ')}`;
};

const join = (one: ViolationScope, other: ViolationScope): ViolationScope => ({
  ...one,
  count: one.count + other.count,
  processes: [...one.processes, ...other.processes.filter(({ pid }) => !one.processes.some((known) => known.pid === pid))],
  origins: [...one.origins, ...other.origins],
});

const LONGEST = 300;
const MOST_CANDIDATES = 5;
