import { arch, release } from 'node:os';
import { type EventSink, eventLogVersion, type LogTail } from '../model/event-log.js';
import { runName } from '../model/marker.js';
import { ownVersion } from './provenance.js';
import type { ReadTrace } from './report.js';

export type LoggedRun = {
  readonly runId: string;
  /** null for a trace that is not of a run of ours, or whose nonce is not known. */
  readonly nonce: string | null;
  readonly started: number;
  readonly tool: string | null;
};

/** Writes the head of a run's event log. */
export const beginLog = (sink: EventSink | undefined, { runId, nonce, started, tool }: LoggedRun): void =>
  sink?.begin({
    kind: 'head',
    format: 'netaudit-events',
    version: eventLogVersion,
    runId,
    run: nonce === null ? null : runName(nonce),
    started,
    source: 'strace',
    tool,
    netaudit: ownVersion(),
    node: process.versions.node,
    kernel: release(),
    arch: arch(),
  });

/** Writes the tail; returns what the log lacks as a gap, as whoever asked for it takes it for whole. */
export const endLog = (
  sink: EventSink | undefined,
  traces: readonly ReadTrace[],
  facts: Pick<LogTail, 'command' | 'coverage' | 'leftRunning' | 'gaps' | 'notices'>,
): { readonly kind: 'lost'; readonly reason: string }[] => {
  const { command, leftRunning, gaps, notices } = facts;
  const { mode, uncovered, fallbacks } = facts.coverage;
  const problem = sink?.end({
    ended: Date.now() * 1000,
    traces: traces.map(({ of, decoder: { counts } }) => ({ name: of ?? null, lines: counts.lines, ignored: counts.ignored })),
    ...{ command, coverage: { mode, uncovered, fallbacks }, leftRunning, gaps, notices },
  });
  return problem === null || problem === undefined ? [] : [{ kind: 'lost', reason: problem }];
};
