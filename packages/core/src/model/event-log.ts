import type { Event } from './event.js';
import type { CommandResult, Coverage, Gap, ProcessInfo } from './report.js';

/** The version of the form of event logs: one record of JSON a line, a head, events, and a tail. */
export const eventLogVersion = 1;

/** The first record: of which run, and by what it was recorded. */
export type LogHead = {
  readonly kind: 'head';
  readonly format: 'netaudit-events';
  readonly version: typeof eventLogVersion;
  readonly runId: string;
  /** What its start marker calls the run (runName); null for a trace that was not made by a run of ours. */
  readonly run: string | null;
  /** µs since the epoch. */
  readonly started: number;
  readonly source: string;
  readonly tool: string | null;
  readonly netaudit: string;
  readonly node: string;
  readonly kernel: string;
  readonly arch: string;
};

/** An event; `trace` names the one of the run's traces it is from, absent where there is one. */
export type LogEvent = { readonly trace?: string | undefined; readonly event: Event };

/** The last record: how the run ended, and what no event tells. Without it the log is not whole. */
export type LogTail = {
  readonly kind: 'tail';
  /** µs since the epoch. */
  readonly ended: number;
  /** How many events are in the log. */
  readonly events: number;
  /** What was read of each trace; `name` is null where there is one. */
  readonly traces: readonly { readonly name: string | null; readonly lines: number; readonly ignored: number }[];
  readonly command: CommandResult | null;
  readonly coverage: Pick<Coverage, 'mode' | 'uncovered' | 'fallbacks'>;
  readonly leftRunning: readonly ProcessInfo[];
  readonly gaps: readonly Gap[];
  readonly notices: readonly string[];
};

/** Takes the events of a run as they come, between its head and its tail. */
export type EventSink = {
  begin(head: LogHead): void;
  push(logged: LogEvent): void;
  /** What could not be written, one sentence; null when all was. */
  end(tail: Omit<LogTail, 'kind' | 'events'>): string | null;
};
