import { combineHashes, type Provenance } from '../model/provenance.js';
import type { Report } from '../model/report.js';

/**
 * That of a report which is made of others: from the first start to the last end, with what they have in common; versions and hosts that differ are all
 * named, a commit or policy that differs is null. null where a report has none.
 */
export const mergeProvenance = (reports: readonly Report[]): Provenance | null => {
  const all = reports.flatMap(({ provenance }) => provenance ?? []);
  if (all.length === 0 || all.length < reports.length) return null;
  const each = <Key extends keyof Provenance>(key: Key): Provenance[Key][] => [...new Set(all.map((one) => one[key]))];
  const same = <Key extends keyof Provenance>(key: Key): Provenance[Key] | null => (each(key).length === 1 ? (each(key)[0] ?? null) : null);
  const tools = each('tool').filter((tool) => tool !== null);
  return {
    netaudit: each('netaudit').join(', '),
    started: Math.min(...all.map(({ started }) => started)),
    ended: Math.max(...all.map(({ ended }) => ended)),
    commit: same('commit'),
    dirty: each('dirty').includes(true) ? true : same('dirty'),
    node: each('node').join(', '),
    tool: tools.length === 0 ? null : tools.join(', '),
    kernel: each('kernel').join(', '),
    arch: each('arch').join(', '),
    policySha256: same('policySha256'),
    traceSha256: combineHashes(all.map(({ traceSha256 }) => traceSha256)),
  };
};
