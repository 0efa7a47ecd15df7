import { destinationKey } from '../model/destination.js';
import { printable } from '../model/printable.js';
import type { Violation, ViolationScope } from '../model/report.js';
import type { Style } from './style.js';

/** Very many violations at a glance: how many there are of each test file, and to each place; those of several files count in each. */
export const overviewLines = (violations: readonly Violation[], style: Style): string[] => {
  const places = violations.map((violation) => ({ key: destinationKey(violation, violation.host), count: violation.count }));
  return [
    ...tableLines('by test file', 'files', violations.flatMap(filesOf), style),
    '',
    ...tableLines('by place', 'places', places, style),
    '',
  ];
};

/** One violation as one row counts it. `count`: connections. */
type Part = { readonly key: string; readonly count: number };

/** Each file of a violation once. */
const filesOf = ({ scopes }: Violation): Part[] => {
  const counts = new Map<string, number>();
  for (const scope of scopes) counts.set(fileOf(scope), (counts.get(fileOf(scope)) ?? 0) + scope.count);
  return [...counts].map(([key, count]) => ({ key, count }));
};

const fileOf = ({ scope, candidates }: ViolationScope): string => {
  const files = new Set((scope ? [scope] : candidates).map(({ file, project }) => (project && file ? `|${project}| ${file}` : file)));
  const [file = null] = files;
  if (files.size > 1) return 'one of several files';
  return file ?? 'outside any test';
};

const tableLines = (title: string, what: string, parts: readonly Part[], style: Style): string[] => {
  const rows = new Map<string, Row>();
  for (const { key, count } of parts) {
    const { violations, connections } = rows.get(key) ?? { violations: 0, connections: 0 };
    rows.set(key, { violations: violations + 1, connections: connections + count });
  }
  const sorted = [...rows].toSorted(([, one], [, other]) => other.violations - one.violations || other.connections - one.connections);
  const left = sorted.slice(mostRows);
  return [
    `  violations  connections  ${title}`,
    ...sorted.slice(0, mostRows).map(([key, row]) => rowText(row, style.bold(printable(key)))),
    ...(left.length > 0 ? [rowText(sumOf(left.map(([, row]) => row)), `${left.length} more ${what}`)] : []),
  ];
};

type Row = { readonly violations: number; readonly connections: number };

const rowText = ({ violations, connections }: Row, text: string): string =>
  `  ${String(violations).padStart(10)}  ${String(connections).padStart(11)}  ${text}`;

const sumOf = (rows: readonly Row[]): Row =>
  rows.reduce((sum, row) => ({ violations: sum.violations + row.violations, connections: sum.connections + row.connections }));

const mostRows = 20;
