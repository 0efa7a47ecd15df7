import type { ReportDocument, Scope, Span } from '../model/document.js';
import { type Row, scopesOf } from '../model/rows.js';
import { printable } from '../text/printable.js';
import { scopeTitle } from '../text/scope.js';

/** A test on its lane. `row`: tests that ran at once are above each other. */
export type Bar = { readonly from: number; readonly to: number; readonly row: number; readonly title: string; readonly violates: boolean };
export type Mark = { readonly at: number; readonly row: Row };
export type LaneView = { readonly title: string; readonly bars: readonly Bar[]; readonly rows: number; readonly marks: readonly Mark[] };
export type TimelineView = {
  readonly from: number;
  readonly to: number;
  readonly lanes: readonly LaneView[];
  readonly hiddenLanes: number;
};

/** The run as lanes; null where the report has no times. Lanes are workers, then one for all other processes; without workers, processes. */
export const timelineOf = (report: ReportDocument, rows: readonly Row[]): TimelineView | null => {
  const timed = rows.filter((row): row is Row & { at: number } => row.at !== null);
  const { lanes = [], spans = [] } = report.timeline ?? {};
  const range = rangeOf(report, timed);
  if (range === null) return null;
  const placed = lanes.length > 0 ? inWorkers(report, timed) : byProcess(timed);
  const scopes = scopesOf(report);
  const violating = new Set(timed.flatMap(({ status, scope }) => (status === 'violation' && scope ? [scope.id] : [])));
  const views = placed.map(({ title, marks, lane }) => {
    const bars = packed(
      spans.filter((span) => span.lane === lane),
      range.to,
      (span) => barOf(span, scopes, violating),
    );
    return { title, marks, bars, rows: Math.max(1, ...bars.map(({ row }) => row + 1)) };
  });
  return { ...range, lanes: views.slice(0, MOST_LANES), hiddenLanes: Math.max(0, views.length - MOST_LANES) };
};

type Timed = Row & { readonly at: number };
type Placed = { readonly title: string; readonly marks: Mark[]; readonly lane: number | null };

const rangeOf = ({ timeline, provenance, coverage }: ReportDocument, timed: readonly Timed[]) => {
  let [from, to] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
  const meet = (at: number | null | undefined) => {
    if (at == null) return;
    from = Math.min(from, at);
    to = Math.max(to, at);
  };
  for (const { at, took } of timed) meet(at + (took ?? 0));
  for (const { at } of timed) meet(at);
  for (const span of timeline?.spans ?? []) meet(span.from);
  for (const span of timeline?.spans ?? []) meet(span.to);
  if (from > to) return null;
  // That of a saved trace is when it was read.
  if (coverage.mode !== 'log') meet(provenance?.started);
  if (coverage.mode !== 'log') meet(provenance?.ended);
  return { from, to: Math.max(to, from + 1000) };
};

/** An event is on the lane of its thread, else on that of the test it belongs to, else among the others. */
const inWorkers = ({ timeline }: ReportDocument, timed: readonly Timed[]): Placed[] => {
  const { lanes = [], spans = [] } = timeline ?? {};
  const placed: Placed[] = lanes.map(({ pid, tid }, index) => ({
    title: `worker ${index + 1}, pid ${pid}${tid === pid ? '' : `, thread ${tid}`}`,
    marks: [],
    lane: index,
  }));
  const others: Placed = { title: 'other processes', marks: [], lane: null };
  const byThread = new Map(lanes.map(({ pid, tid }, index) => [`${pid}/${tid}`, index]));
  const byScope = new Map(spans.map(({ scope, lane }) => [scope, lane]));
  for (const row of timed) {
    const { pid, tid = pid } = row.entry;
    const lane = byThread.get(`${pid}/${tid}`) ?? byScope.get(row.scope?.id ?? '') ?? -1;
    (placed[lane] ?? others).marks.push({ at: row.at, row });
  }
  return others.marks.length > 0 ? [...placed, others] : placed;
};

const byProcess = (timed: readonly Timed[]): Placed[] => {
  const lanes = new Map<number | null, Placed>();
  for (const row of timed) {
    const lane = lanes.get(row.pid) ?? { title: row.pid === null ? 'processes' : `process ${row.pid}`, marks: [], lane: null };
    lane.marks.push({ at: row.at, row });
    lanes.set(row.pid, lane);
  }
  return [...lanes.values()];
};

const barOf = ({ scope: id }: Span, scopes: ReadonlyMap<string, Scope>, violating: ReadonlySet<string>) => {
  const scope = scopes.get(id);
  return { title: scope === undefined ? printable(id) : scopeTitle(scope), violates: violating.has(id) };
};

/** Each span on the first row that is free when it begins; where all are taken, on the last. */
const packed = (spans: readonly Span[], end: number, about: (span: Span) => Pick<Bar, 'title' | 'violates'>): Bar[] => {
  const free: number[] = [];
  return spans
    .toSorted((one, other) => one.from - other.from || (other.to ?? end) - (one.to ?? end))
    .map((span) => {
      const to = span.to ?? end;
      const found = free.findIndex((until) => until <= span.from);
      const row = found >= 0 ? found : Math.min(free.length, MOST_ROWS - 1);
      free[row] = Math.max(free[row] ?? 0, to);
      return { from: span.from, to, row, ...about(span) };
    });
};

const MOST_LANES = 60;
const MOST_ROWS = 5;
