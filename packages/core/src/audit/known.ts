import { type Baseline, KnownViolations } from '../baseline/baseline.js';
import { ViolationTally } from '../findings/violation-tally.js';
import type { KnownInRun } from './pipeline-options.js';

/** A baseline for one run, whose traces share it; null when there is none. */
export const knownInRun = (baseline: Baseline | null | undefined): (KnownInRun & { readonly baseline: Baseline }) | null =>
  baseline ? { baseline, violations: new KnownViolations(baseline), tally: new ViolationTally() } : null;
