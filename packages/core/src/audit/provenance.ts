import { createRequire } from 'node:module';
import { arch, release } from 'node:os';
import type { AllowList } from '../allowlist/allowlist.js';
import { policyHash } from '../allowlist/policy-hash.js';
import { combineHashes, type Provenance } from '../model/provenance.js';
import { commitOf } from '../process/commit.js';

export type Circumstances = {
  readonly allowlist: AllowList;
  /** µs since the epoch. */
  readonly started: number;
  /** Where the command ran; default: here. */
  readonly cwd?: string | undefined;
  readonly tool: string | null;
  /** Of each trace. */
  readonly traces: readonly (string | null)[];
};

/** What a report was made from; to be called at the end of the run, as it asks git, which takes some ms. */
export const provenanceOf = ({ allowlist, started, cwd = process.cwd(), tool, traces }: Circumstances): Provenance => ({
  netaudit: ownVersion(),
  started,
  ended: Date.now() * 1000,
  ...commitOf(cwd, process.env),
  node: process.versions.node,
  tool,
  kernel: release(),
  arch: arch(),
  policySha256: policyHash(allowlist),
  traceSha256: combineHashes(traces),
});

/** By the package's own name: where a bundler puts this code is not known. */
export const ownVersion = (): string => (createRequire(import.meta.url)('@netaudit/core/package.json') as { version: string }).version;
