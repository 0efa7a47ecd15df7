import { type BaselineEntry, scopeName } from './baseline.js';
import { destinationKey, plainName } from './destination.js';
import type { Violation, ViolationScope } from './report.js';

/** Who went where, one entry for each scope and destination, by what stays the same from run to run. */
export const entriesOf = (violations: readonly Violation[]): BaselineEntry[] =>
  violations.flatMap((violation) =>
    violation.scopes.flatMap((scope) => {
      const destinations = hostsOf(violation, scope).map((host) => destinationKey(violation, host));
      const scopes = scope.scope || scope.candidates.length === 0 ? [scope.scope] : scope.candidates;
      return scopes.flatMap((each) => [...new Set(destinations)].map((to) => ({ ...scopeName(each), to })));
    }),
  );

/** The names that the scope asked for, as far as the process had them from a look-up that the next run will see too; null where the address stands for itself. */
export const hostsOf = (violation: Violation, { hosts = [] }: ViolationScope): (string | null)[] => {
  const names = new Set((violation.names ?? []).map(({ name }) => plainName(name)));
  const stable = hosts.length === 0 ? [null] : hosts.map((host) => (host !== null && names.has(plainName(host)) ? plainName(host) : null));
  return [...new Set(stable)];
};
