import { printable } from '../model/printable.js';
import type { Provenance } from '../model/provenance.js';

/** What a report rests on, for people: tools and host, commit, hashes. Nothing where the report does not tell. */
export const provenanceLines = (provenance: Provenance | null | undefined): string[] => {
  if (!provenance) return [];
  const { netaudit, node, tool, kernel, arch, commit, dirty, policySha256, traceSha256 } = provenance;
  const made = [`netaudit ${netaudit}`, `Node ${node}`, ...(tool === null ? [] : [tool]), `kernel ${kernel} ${arch}`];
  return [
    `  made by ${made.join(', ')}`,
    ...(commit === null ? [] : [`  commit ${commit}${dirty ? ', with changes that are not committed' : ''}`]),
    ...(policySha256 === null ? [] : [`  policy sha256 ${policySha256}`]),
    ...(traceSha256 === null ? [] : [`  trace sha256 ${traceSha256}`]),
  ].map(printable);
};
