import { placeText } from '../text/place.js';
import { fileTitle, scopeTitle } from '../text/scope.js';
import type { ReportDocument, Scope } from './document.js';
import type { Row, Status } from './rows.js';
import { NO_TEST } from './select.js';

export type Cell = { readonly status: Status; readonly count: number };
export type Line = { readonly key: string; readonly title: string; readonly cells: ReadonlyMap<string, Cell>; readonly total: Cell };
export type Column = { readonly place: string; readonly total: Cell };
export type Matrix = { readonly lines: readonly Line[]; readonly columns: readonly Column[] };
export type Grouping = 'test' | 'file';

/** Who connected to what, by tests or by files; what breaks the policy is first. An event with several candidates counts for each of them. */
export const matrixOf = (report: ReportDocument, rows: readonly Row[], by: Grouping): Matrix => {
  const lines = new Map<string, { title: string; cells: Map<string, Cell>; total: Cell }>();
  const columns = new Map<string, Cell>();
  for (const { scope, place, status, count } of rows.length > 0 ? seenIn(rows) : toldBy(report)) {
    const key = by === 'test' ? (scope?.id ?? NO_TEST) : (scope?.file ?? '');
    const title = by === 'file' ? fileTitle(scope) : scope === null ? 'outside any test' : scopeTitle(scope);
    const line = lines.get(key) ?? { title, cells: new Map(), total: { status, count: 0 } };
    line.cells.set(place, joined(line.cells.get(place), status, count));
    lines.set(key, { ...line, total: joined(line.total, status, count) });
    columns.set(place, joined(columns.get(place), status, count));
  }
  return {
    lines: [...lines].map(([key, line]) => ({ key, ...line })).toSorted(worstFirst),
    columns: [...columns].map(([place, total]) => ({ place, total })).toSorted(worstFirst),
  };
};

type Use = { readonly scope: Scope | null; readonly place: string; readonly status: Status; readonly count: number };

const seenIn = (rows: readonly Row[]): Use[] =>
  rows.flatMap(({ scope, candidates, place, status }) => {
    const owners = scope === null && candidates.length > 0 ? candidates : [scope];
    return owners.map((owner) => ({ scope: owner, place, status, count: 1 }));
  });

/** Where the events are not in the report, its violations still tell who made them. */
const toldBy = ({ violations, baseline }: ReportDocument): Use[] => {
  const lists = [
    { status: 'violation', list: violations },
    { status: 'known', list: baseline?.known ?? [] },
  ] as const;
  return lists.flatMap(({ status, list }) =>
    list.flatMap(({ host, addr, port, scopes }) =>
      scopes.flatMap(({ scope, candidates, count }) => {
        const owners = scope === null && candidates.length > 0 ? candidates : [scope];
        return owners.map((owner) => ({ scope: owner, place: placeText(host ?? addr, port), status, count }));
      }),
    ),
  );
};

const joined = (cell: Cell | undefined, status: Status, count: number): Cell =>
  cell === undefined
    ? { status, count }
    : { status: weight[status] < weight[cell.status] ? status : cell.status, count: cell.count + count };

const worstFirst = (one: { readonly total: Cell }, other: { readonly total: Cell }): number =>
  weight[one.total.status] - weight[other.total.status] || other.total.count - one.total.count;

const weight: Record<Status, number> = { violation: 0, known: 1, allowed: 2, probe: 3 };
