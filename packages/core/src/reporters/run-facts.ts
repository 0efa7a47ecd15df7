import { commandText } from '../model/command.js';
import { printable } from '../model/printable.js';
import type { Report } from '../model/report.js';

/** What a report was made from, as pairs of a name and a printable text, for formats that have a place for such; what is not known is left out. */
export const runFacts = ({ runId, command, provenance }: Report): readonly (readonly [name: string, value: string])[] => {
  const known = provenance ?? null;
  const facts: readonly (readonly [string, string | null | undefined])[] = [
    ['run', runId],
    ['version', known?.netaudit],
    ['command', command && commandText(command.argv)],
    ['commit', known?.commit && `${known.commit}${known.dirty === true ? ', and changes' : ''}`],
    ['tool', known?.tool],
    ['node', known?.node],
    ['kernel', known && `${known.kernel} ${known.arch}`],
    ['started', known && timeText(known.started)],
    ['ended', known && timeText(known.ended)],
    ['policySha256', known?.policySha256],
    ['traceSha256', known?.traceSha256],
  ];
  return facts.flatMap(([name, value]) => (value ? [[name, printable(value)] as const] : []));
};

/** RFC 3339, UTC, of µs since the epoch; null for what is no time. */
export const timeText = (micros: number): string | null => {
  const time = new Date(micros / 1000);
  return Number.isNaN(time.getTime()) ? null : time.toISOString();
};
