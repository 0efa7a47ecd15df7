import { type BaselineEntry, nameText } from '../model/baseline.js';
import { counted } from '../model/count.js';
import { printable } from '../model/printable.js';
import type { Comparison } from './update.js';

/** What was done with a comparison: whether new entries were added, those that are gone taken out, and those that were not run, too. */
export type Done = { readonly accepted: boolean; readonly pruned: 'no' | 'gone' | 'all' };

/** A comparison for people, one line an item, without a last line break. */
export const comparisonText = ({ fresh, known, gone, notRun }: Comparison, { accepted, pruned }: Done, file: string): string => {
  const lines = [
    ...group(fresh, '+', accepted ? 'new, added' : "new: fix them, or add them with 'netaudit baseline --accept'"),
    ...group(gone, '-', pruned === 'no' ? "gone: take them out with 'netaudit baseline --prune'" : 'gone, taken out'),
    ...(pruned === 'all' ? group(notRun, '-', 'not run, taken out') : []),
  ];
  const left = known.length + (accepted ? fresh.length : 0) + (pruned === 'no' ? gone.length : 0) + (pruned === 'all' ? 0 : notRun.length);
  return [
    ...lines,
    `netaudit: ${printable(file)} has ${countText(left)}${lines.length === 0 ? ', nothing new, nothing gone' : ''}`,
    ...(notRun.length > 0 && pruned !== 'all'
      ? [`  ${notRun.length} of them were not run; where they are no more, take them out with --prune --all`]
      : []),
  ].join('\n');
};

/** What was written where there was no baseline. */
export const newBaselineText = (entries: readonly BaselineEntry[], file: string): string => {
  const scopes = new Set(entries.map(nameText)).size;
  const places = new Set(entries.map(({ to }) => to)).size;
  return `netaudit: wrote ${printable(file)}: ${countText(entries.length)} (scopes: ${scopes}, destinations: ${places})`;
};

const group = (entries: readonly BaselineEntry[], sign: '+' | '-', title: string): string[] =>
  entries.length === 0
    ? []
    : [`${entries.length} ${title}`, ...entries.map((entry) => `  ${sign} ${printable(nameText(entry))}: ${printable(entry.to)}`)];

const countText = (count: number): string => counted(count, 'known violation');
