import { placeText } from '../model/destination.js';
import { NetauditError } from '../model/error.js';
import { printable } from '../model/printable.js';
import type { Finding, Violation } from '../model/report.js';
import type { ReadReport } from './read.js';

/** The violation with this id, new or known by a baseline; throws USAGE, with the ids that there are. */
export const findViolation = ({ file, report }: ReadReport, id: string): Violation => {
  const all = [...report.violations, ...(report.baseline?.known ?? [])];
  const found = all.find((violation) => violation.id === id);
  if (found) return found;
  throw new NetauditError('USAGE', {
    found: `${printable(file)} has no violation '${printable(id)}'`,
    allowed: all.length === 0 ? 'none: it has no violations' : listed(all.map((each) => `${each.id} (${placeText(each, each.host)})`)),
  });
};

/** The finding with this id; throws USAGE, with the ids that there are. */
export const findFinding = ({ file, report }: ReadReport, id: string): Finding => {
  const { findings: all = [] } = report;
  const found = all.find((finding) => finding.id === id);
  if (found) return found;
  throw new NetauditError('USAGE', {
    found: `${printable(file)} has no finding '${printable(id)}'`,
    allowed: all.length === 0 ? 'none: it has no findings' : listed(all.map((each) => `${each.id} (${each.code})`)),
  });
};

const listed = (items: readonly string[]): string =>
  [...items.slice(0, most), ...(items.length > most ? [`and ${items.length - most} more`] : [])].join(', ');

const most = 10;
