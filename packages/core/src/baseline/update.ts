import { type BaselineEntry, entryKey } from '../model/baseline.js';
import type { Report } from '../model/report.js';
import { entriesOf } from '../model/seen.js';
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
  const seen = new Map(reports.flatMap(seenIn).map((entry) => [entryKey(entry), entry]));
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

/** Also what a baseline knew when the report was made. */
const seenIn = ({ violations, baseline }: Report): BaselineEntry[] => entriesOf([...violations, ...(baseline?.known ?? [])]);

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
