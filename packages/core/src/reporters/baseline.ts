import { type BaselineEntry, nameText } from '../model/baseline.js';
import { counted } from '../model/count.js';
import { printable } from '../model/printable.js';
import type { BaselineResult } from '../model/report.js';
import { listed } from './owner.js';

/** What the baseline accepted, and which of its entries can go. */
export const baselineLines = (baseline: BaselineResult | undefined): string[] => {
  if (!baseline) return [];
  const file = printable(baseline.file);
  const connections = baseline.known.reduce((sum, { count }) => sum + count, 0);
  const places = counted(baseline.known.length, 'destination');
  const known = `known: ${counted(connections, 'connection')} to ${places}, as ${file} accepts`;
  const { gone } = baseline;
  if (gone.length === 0) return [`  ${known}`];
  return [
    `  ${known}`,
    `  gone: ${gone.length} of ${file}; take ${gone.length === 1 ? 'it' : 'them'} out with 'netaudit baseline --prune'`,
    ...listed(gone.map(entryText), MOST_GONE).map((line) => `    ${line}`),
  ];
};

const entryText = (entry: BaselineEntry): string => `${printable(nameText(entry))}: ${printable(entry.to)}`;

const MOST_GONE = 10;
