import type { View } from '../state/view.js';
import type { Row, Status } from './rows.js';

/** The rows that the view asks for, in its order. */
export const selectRows = (rows: readonly Row[], view: View): readonly Row[] => sorted(filtered(rows, view), view);

const filtered = (rows: readonly Row[], { q, status, outcome, test, file, place, pid, from, to }: View): readonly Row[] => {
  const words = q.toLowerCase().split(/\s+/).filter(Boolean);
  return rows.filter(
    (row) =>
      (status.length === 0 || status.includes(row.status)) &&
      (outcome === '' || row.outcome === outcome) &&
      (test === '' || belongsTo(row, test)) &&
      (file === '' || (row.scope?.file ?? '') === file) &&
      (place === '' || row.place === place) &&
      (pid === null || row.pid === pid) &&
      (from === null || (row.at !== null && row.at >= from)) &&
      (to === null || (row.at !== null && row.at <= to)) &&
      words.every((word) => row.text().includes(word)),
  );
};

const belongsTo = ({ scope, candidates }: Row, id: string): boolean =>
  id === NO_TEST ? scope === null && candidates.length === 0 : scope?.id === id || candidates.some((candidate) => candidate.id === id);

/** Stands for a test in a filter: what belongs to none. */
export const NO_TEST = '-';

const sorted = (rows: readonly Row[], { sort, down }: View): readonly Row[] => {
  if (sort === 'number') return down ? rows.toReversed() : rows;
  const compare = orders[sort];
  return rows.toSorted((one, other) => (down ? -1 : 1) * compare(one, other) || one.number - other.number);
};

const byText = (text: (row: Row) => string) => (one: Row, other: Row) => collator.compare(text(one), text(other));
const byNumber = (value: (row: Row) => number | null) => (one: Row, other: Row) => (value(one) ?? -1) - (value(other) ?? -1);

const collator = new Intl.Collator('en', { numeric: true });
const severity: Record<Status, number> = { violation: 0, known: 1, allowed: 2, probe: 3 };

/** What the table can be sorted by. */
export const orders = {
  number: byNumber(({ number }) => number),
  at: byNumber(({ at }) => at),
  status: byNumber(({ status }) => severity[status]),
  place: byText(({ place }) => place),
  owner: byText(({ owner }) => owner),
  outcome: byText(({ outcome }) => outcome),
  took: byNumber(({ took }) => took),
  pid: byNumber(({ pid }) => pid),
} as const;
