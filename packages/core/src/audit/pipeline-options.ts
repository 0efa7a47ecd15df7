import type { AllowList } from '../allowlist/allowlist.js';
import type { KnownViolations } from '../baseline/baseline.js';
import type { Findings } from '../findings/findings.js';
import type { ViolationTally } from '../findings/violation-tally.js';
import type { Event } from '../model/event.js';
import type { JudgedEvent, ProcessInfo } from '../model/report.js';
import type { BegunEvent } from '../model/session.js';
import type { OwnServers } from './own-servers.js';

export type PipelineOptions = {
  readonly allowlist: AllowList;
  /** The run's nonce; null takes the run that the trace begins with. */
  readonly nonce: string | null;
  /** Keep allowed events too, for a verbose report. */
  readonly keepAll: boolean;
  /** The detectors of the run, which its other traces share. */
  readonly findings: Findings;
  /** Where the run listens; the traces of one run share it. Default: what this trace tells. */
  readonly servers?: OwnServers | undefined;
  /** Counts the violations; the traces of one run share it. Default: one of its own. */
  readonly tally?: ViolationTally | undefined;
  /** Takes each event before it is judged, as a log of events does. */
  readonly tell?: ((event: Event) => void) | undefined;
  /** The baseline of the run, which its other traces share; null or absent when there is none. */
  readonly known?: KnownInRun | null | undefined;
};

/** What a run knows already, and the tally of what of it was done again. */
export type KnownInRun = { readonly violations: KnownViolations; readonly tally: ViolationTally };

/** A question of a test thread. */
export type SyncRequest = { readonly worker: string; readonly n: number; readonly scope: string };

/** A violation with the processes from that of the test down to its own. */
export type ChargedViolation = JudgedEvent & { readonly chain: readonly ProcessInfo[] };

export type PipelineListener = {
  /** A test thread waits for what was charged to `scope` since it last asked; `begun`: what that thread began since then, of any scope. */
  onSync(request: SyncRequest, violations: readonly ChargedViolation[], begun: readonly BegunEvent[]): void;
  /** Something that no rule allows was seen below the test thread `worker`, perhaps before its owner is known. */
  onAlert(worker: string): void;
};
