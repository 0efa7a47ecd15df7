import type { AllowList } from '../allowlist/allowlist.js';
import { nearestFinder } from '../allowlist/nearest.js';
import type { Violation } from '../model/report.js';
import { callOf, dated } from './judge.js';

/** The violations, each with the rule that nearly allows it, if there is one. */
export const withNearest = (violations: readonly Violation[], allowlist: AllowList): Violation[] => {
  const find = nearestFinder(allowlist);
  return violations.map((violation) => {
    const nearest = violation.deniedBy ? null : find(...callIn(violation));
    return nearest ? { ...violation, nearest } : violation;
  });
};

/** A call as far as a violation tells of it, and whose it was. */
const callIn = ({ scopes, names = [], firstTimestamp, ...aim }: Violation): Parameters<ReturnType<typeof nearestFinder>> => {
  const process = scopes[0]?.processes[0] ?? { pid: 0, argv: null };
  const ts = dated(firstTimestamp * 1e6);
  const call = callOf({ ...aim, transport: null, ts }, { process, names: names.map(({ name }) => name), served: undefined });
  return [call, scopes.flatMap(({ scope, candidates }) => scope ?? candidates)];
};
