import { NetauditError } from '../model/error.js';
import type { ReadReport } from './read.js';

/** Throws REPORT_READ for reports of which something may be missing: from them it can not be told what is gone. */
export const refuseIncomplete = (reports: readonly ReadReport[]): void => {
  const incomplete = reports.find(({ report }) => report.verdict === 'incomplete');
  if (!incomplete) return;
  throw new NetauditError('REPORT_READ', {
    found: `${incomplete.file}: the report is incomplete (${incomplete.report.gaps[0]?.reason ?? 'no reason is given'}): what is gone can not be told`,
    fix: 'prune by a report of a complete run',
  });
};
