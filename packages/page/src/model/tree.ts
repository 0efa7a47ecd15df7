import { shortCommandText } from '../text/place.js';
import type { ProcessEntry, ReportDocument } from './document.js';
import type { Row } from './rows.js';

export type Node = {
  readonly entry: ProcessEntry;
  readonly title: string;
  readonly children: readonly Node[];
  /** Events of this process alone. */
  readonly events: number;
  /** Violations of this process and all below it. */
  readonly violations: number;
};

/**
 * The processes of the run as trees, roots first. A pid that was used again is a process of its own, and its children are those that began after it.
 * A parent stands before its children, so there is no circle, whatever the report says.
 */
export const treeOf = (report: ReportDocument, rows: readonly Row[]): readonly Node[] => {
  const entries = (report.processes ?? []).toSorted((one, other) => (one.from ?? 0) - (other.from ?? 0));
  const counts = countsOf(rows);
  const latest = new Map<number, Draft>();
  const drafts = entries.map((entry) => {
    const parent = latest.get(entry.parent ?? -1) ?? null;
    const { events = 0, violations = 0 } = latest.has(entry.pid) ? {} : (counts.get(entry.pid) ?? {});
    const draft: Draft = { entry, title: shortCommandText(entry.argv, entry.file), children: [], events, violations, parent };
    parent?.children.push(draft);
    latest.set(entry.pid, draft);
    return draft;
  });
  for (const { parent, violations } of drafts.toReversed()) if (parent !== null) parent.violations += violations;
  return drafts.filter(({ parent }) => parent === null);
};

type Draft = Omit<Node, 'children' | 'violations'> & { readonly children: Draft[]; violations: number; readonly parent: Draft | null };

type Count = { events: number; violations: number };

const countsOf = (rows: readonly Row[]): ReadonlyMap<number, Count> => {
  const counts = new Map<number, Count>();
  for (const { pid, status } of rows) {
    if (pid === null) continue;
    const count = counts.get(pid) ?? { events: 0, violations: 0 };
    count.events += 1;
    if (status === 'violation') count.violations += 1;
    counts.set(pid, count);
  }
  return counts;
};

/** The process with its parents, the eldest first; by the time of an event where pids were used again. */
export const lineageOf = (report: ReportDocument, pid: number, at: number | null): readonly ProcessEntry[] => {
  const line: ProcessEntry[] = [];
  for (let wanted: number | null = pid; wanted !== null && line.length < DEEPEST; ) {
    const entry = holderOf(report.processes ?? [], wanted, at);
    if (entry !== undefined) line.unshift(entry);
    wanted = entry?.parent ?? null;
  }
  return line;
};

const holderOf = (processes: readonly ProcessEntry[], pid: number, at: number | null): ProcessEntry | undefined =>
  processes.findLast((entry) => entry.pid === pid && (at === null || (entry.from ?? 0) <= at));

const DEEPEST = 50;
