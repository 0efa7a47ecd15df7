import { type BaselineEntry, entryKey, scopeName } from '../model/baseline.js';
import { destinationKey, plainName } from '../model/destination.js';
import type { Report, Violation, ViolationScope } from '../model/report.js';
import { scopesOf } from './baseline.js';

/** A baseline beside what was seen. */
export type Comparison = {
  /** Seen, and not in the baseline. */
  readonly fresh: readonly BaselineEntry[];
  /** Seen, and in the baseline. */
  readonly known: readonly BaselineEntry[];
  /** In the baseline; the scope was run, and did not do it in any of the runs. */
  readonly gone: readonly BaselineEntry[];
  /** In the baseline; the scope was not run, or what was run is not known. */
  readonly notRun: readonly BaselineEntry[];
};

/** Compares the entries of a baseline with what the reports of one or several runs, or of the shards of one, saw together. */
export const compareBaseline = (entries: readonly BaselineEntry[], reports: readonly Report[]): Comparison => {
  const seen = new Map(reports.flatMap(entriesOf).map((entry) => [entryKey(entry), entry]));
  const had = new Set(entries.map(entryKey));
  const runs = reports.map(({ ran }) => (ran ? scopesOf(ran) : () => false));
  const left = entries.filter((entry) => !seen.has(entryKey(entry)));
  const wasRun = (entry: BaselineEntry): boolean => runs.some((ran) => ran(entry));
  return {
    fresh: [...seen].filter(([key]) => !had.has(key)).map(([, entry]) => entry),
    known: entries.filter((entry) => seen.has(entryKey(entry))),
    gone: left.filter(wasRun),
    notRun: left.filter((entry) => !wasRun(entry)),
  };
};

/** Every violation of a report as entries, also those that a baseline knew when it was made. */
const entriesOf = ({ violations, baseline }: Report): BaselineEntry[] =>
  [...violations, ...(baseline?.known ?? [])].flatMap((violation) =>
    violation.scopes.flatMap((scope) => {
      const destinations = destinationsOf(violation, scope);
      const scopes = scope.scope || scope.candidates.length === 0 ? [scope.scope] : scope.candidates;
      return scopes.flatMap((each) => destinations.map((to) => ({ ...scopeName(each), to })));
    }),
  );

/** The names that the scope asked for, as far as the process had them from a look-up that the next run will see too; else the address. */
const destinationsOf = (violation: Violation, { hosts = [] }: ViolationScope): string[] => {
  const names = new Set((violation.names ?? []).map(({ name }) => plainName(name)));
  const stable = hosts.length === 0 ? [null] : hosts.map((host) => (host !== null && names.has(plainName(host)) ? host : null));
  return [...new Set(stable.map((host) => destinationKey(violation, host)))];
};

/** What a baseline is after a comparison, as far as the user asked for a change. */
export const entriesAfter = (
  { fresh, known, gone, notRun }: Comparison,
  { accepted, pruned }: { readonly accepted: boolean; readonly pruned: 'no' | 'gone' | 'all' },
): readonly BaselineEntry[] => [
  ...known,
  ...(accepted ? fresh : []),
  ...(pruned === 'no' ? gone : []),
  ...(pruned === 'all' ? [] : notRun),
];
