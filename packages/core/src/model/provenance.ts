import { createHash } from 'node:crypto';

/** What a report was made from, with what, where and when. Hashes are SHA-256 in hexadecimal. */
export type Provenance = {
  /** Version of netaudit. */
  readonly netaudit: string;
  /** When the run, or the reading of a saved trace, began and ended: µs since the epoch. */
  readonly started: number;
  readonly ended: number;
  /** Of the folder in which the command ran; null where neither git nor the CI system names one. */
  readonly commit: string | null;
  /** Whether tracked files differ from the commit; null where git does not tell. */
  readonly dirty: boolean | null;
  /** Version of Node that netaudit itself ran on. */
  readonly node: string;
  /** The tracer with its version; null for a saved trace. */
  readonly tool: string | null;
  /** Release of the kernel (uname -r) and the processor architecture of the host, as Node names it. */
  readonly kernel: string;
  readonly arch: string;
  /** Of the policy that counted (allowlist/policy-hash.ts). */
  readonly policySha256: string | null;
  /** Of the bytes of the trace, as unpacked by gzip; of several traces, combineHashes of theirs. */
  readonly traceSha256: string | null;
};

/**
 * One hash for several files whose order means nothing: that of their hashes, each once for every file, in hexadecimal, sorted, each with a line feed
 * behind it. That of one file is its own. null where one is not known, or there is none.
 */
export const combineHashes = (hashes: readonly (string | null)[]): string | null => {
  const known = hashes.filter((hash) => hash !== null);
  if (known.length === 0 || known.length < hashes.length) return null;
  if (known.length === 1) return known[0] ?? null;
  const lines = known.toSorted().map((hash) => `${hash}\n`);
  return createHash('sha256').update(lines.join('')).digest('hex');
};
