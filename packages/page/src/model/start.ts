import type { ReportDocument } from './document.js';

/** From when times are counted: the start of the run; of a saved trace, which was read later, the first time there is. */
export const startOf = ({ coverage, provenance }: ReportDocument, entries: readonly { readonly at?: number }[]): number => {
  if (coverage.mode !== 'log' && provenance?.started) return provenance.started;
  return entries.reduce((least, { at = least }) => Math.min(least, at), entries[0]?.at ?? 0);
};
