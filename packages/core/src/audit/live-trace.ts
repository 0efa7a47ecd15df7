import { setTimeout as sleep } from 'node:timers/promises';
import type { ProcessInfo } from '../model/report.js';
import type { TraceDecoder } from '../model/source.js';
import { stopProcesses } from './leftovers.js';
import type { ReadTrace } from './report.js';

/** A trace that is read while it is written. */
export type LiveTrace = ReadTrace & {
  readonly decoder: TraceDecoder;
  /** Settles at the end of the trace, with what went wrong on the way. */
  readonly drained: Promise<readonly string[]>;
  /** Pid of the tracer, null when it is not known. */
  readonly tracer: () => number | null;
  /** Stops reading. */
  readonly abandon: () => void;
};

/**
 * Finishes the pipeline when the trace ends, and says what is missing from it. Processes that live on have lost their tracer, and can not
 * go on: they are stopped. Resolves when that is done.
 */
export const closeAtEnd = async (trace: LiveTrace): Promise<void> => {
  const problems = await trace.drained;
  const { decoder, pipeline } = trace;
  for (const problem of problems) pipeline.lose(problem);
  for (const event of decoder.end()) pipeline.push(event);
  pipeline.finish();
  const left = living(trace);
  if (!pipeline.attribution.started) {
    pipeline.gaps.push({ kind: 'no-marker', reason: 'the trace does not begin with the marker of this run: tracing did not start' });
  } else if (left.length > 0) {
    const pids = left.slice(0, 10).map(({ pid }) => pid);
    pipeline.lose(`the trace ended before its processes did; they were stopped (pids ${pids.join(', ')})`);
  }
  await stopProcesses(() => left, null);
};

/**
 * Waits for the end of a trace whose command has ended; `closed` is what closeAtEnd gave. What still runs after 5 s is stopped and returned, so that
 * nothing goes on unseen.
 */
export const waitForTrace = async (trace: LiveTrace, closed: Promise<void>): Promise<readonly ProcessInfo[]> => {
  const left = (await within(trace.drained, lingerMs)) ? [] : living(trace);
  if (left.length > 0) await stopProcesses(() => living(trace), trace.tracer());
  if (!(await within(trace.drained, 2000))) {
    trace.pipeline.lose('the trace did not end with its processes');
    trace.abandon();
  }
  await closed;
  return left;
};

const living = ({ pipeline }: LiveTrace): readonly ProcessInfo[] => pipeline.attribution.processes.living();

const within = async (promise: Promise<unknown>, ms: number): Promise<boolean> => {
  const timeout = new AbortController();
  const late = sleep(ms, false, { signal: timeout.signal }).catch(() => false);
  return Promise.race([promise.then(() => true), late]).finally(() => timeout.abort());
};

const lingerMs = 5000;
