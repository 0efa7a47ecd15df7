import { createHash, randomUUID } from 'node:crypto';
import type { AllowList } from '../allowlist/allowlist.js';
import type { Baseline } from '../baseline/baseline.js';
import { Findings } from '../findings/findings.js';
import type { Event } from '../model/event.js';
import type { EventSink } from '../model/event-log.js';
import type { Report } from '../model/report.js';
import { readNames } from '../names/read.js';
import { isEventLog } from '../sources/jsonl/reader.js';
import { hashing, type TraceInput } from '../sources/strace/input/open-trace.js';
import { type CutLine, createStraceReader } from '../sources/strace/reader.js';
import { beginLog, endLog } from './event-log.js';
import { knownInRun } from './known.js';
import { Pipeline } from './pipeline.js';
import { replayLog } from './replay.js';
import { buildReport } from './report.js';

/** `strict` as for superviseCommand. */
export type AnalyzeOptions = {
  readonly allowlist: AllowList;
  /** Violations that are known, and do not fail. */
  readonly baseline?: Baseline | null | undefined;
  readonly verbose?: boolean | undefined;
  readonly strict?: boolean | undefined;
  /** Takes the events of the trace while it is read. */
  readonly events?: EventSink | undefined;
  /** Is told what was found so far, after each part of the trace. */
  readonly onProgress?: ((found: Found) => void) | undefined;
};

/** Connections, and destinations that are not allowed, each counted once. */
export type Found = { readonly connections: number; readonly violations: number };

/**
 * The report of a saved strace log, or of a log of events, the same as the live run gave. A log of a run that netaudit started must end with the end of each of its
 * processes; any log must hold at least one event, as an empty one proves nothing.
 */
export const analyzeTrace = async (input: AsyncIterable<Uint8Array> | TraceInput, options: AnalyzeOptions): Promise<Report> => {
  const started = Date.now() * 1000;
  const { bytes, sha256 } = hashed(input);
  const { problems, notices } = { problems: [], notices: [], ...('problems' in input && input) };
  const { isLog, parts } = await peek(bytes);
  if (isLog) return replayLog({ bytes: parts as AsyncIterable<Uint8Array>, sha256, problems, notices }, options);
  const { allowlist, verbose = false, events } = options;
  const runId = randomUUID();
  beginLog(events, { runId, nonce: null, started, tool: null });
  const findings = new Findings(allowlist.findings);
  const known = knownInRun(options.baseline);
  const tell = events && ((event: Event): void => events.push({ event }));
  const pipeline = new Pipeline({ allowlist, nonce: null, keepAll: verbose, findings, known, tell }, null);
  const decoder = createStraceReader({ readNames }, { event: (event) => pipeline.push(event), repeat: pipeline.repeat });
  for await (const part of parts) {
    if (part instanceof Uint8Array) decoder.push(part);
    else decoder.pushLines(part);
    options.onProgress?.({ connections: pipeline.connections, violations: pipeline.tally.destinations.size });
  }
  decoder.end();
  pipeline.finish();
  for (const reason of problems) pipeline.lose(reason);
  checkEvidence(pipeline);
  const trace = { pipeline, decoder, sha256 };
  const facts = { command: null, coverage, leftRunning: [], notices };
  const gaps = endLog(events, [trace], { ...facts, gaps: [] });
  return buildReport([trace], {
    ...facts,
    gaps,
    runId,
    allowlist,
    findings,
    known,
    strict: options.strict,
    mode: 'fail',
    started,
  });
};

/** Whether a log of events comes, and all that comes. */
const peek = async (bytes: AsyncIterable<Uint8Array | readonly CutLine[]>): Promise<{ isLog: boolean; parts: typeof bytes }> => {
  const source = bytes[Symbol.asyncIterator]();
  const seen: (Uint8Array | readonly CutLine[])[] = [];
  let isLog: boolean | null = null;
  while (isLog === null) {
    const { value, done } = await source.next();
    if (done) break;
    isLog = value instanceof Uint8Array ? isEventLog(value) : false;
    // A piece of bytes is good until the next is asked for.
    seen.push(isLog === null && value instanceof Uint8Array ? Uint8Array.from(value) : value);
  }
  const parts = async function* (): AsyncGenerator<Uint8Array | readonly CutLine[], void> {
    yield* seen;
    yield* { [Symbol.asyncIterator]: () => source };
  };
  return { isLog: isLog ?? false, parts: parts() };
};

/** A saved trace that was opened here knows its hash. */
const hashed = (input: AsyncIterable<Uint8Array> | TraceInput): { readonly bytes: typeof input; readonly sha256: () => string | null } => {
  if ('sha256' in input) return { bytes: input, sha256: input.sha256 };
  const hash = createHash('sha256');
  return { bytes: hashing(input, hash), sha256: () => hash.digest('hex') };
};

const checkEvidence = (pipeline: Pipeline): void => {
  const { started, processes } = pipeline.attribution;
  const { count, gaps } = pipeline;
  if (count === gaps.count('unread')) gaps.push({ kind: 'no-marker', reason: 'the trace holds no event: it proves nothing' });
  else if (started && processes.living().length > 0) {
    const pids = processes.living().map((process) => process.pid);
    pipeline.lose(`the trace ends before its processes do (pids ${pids.slice(0, 10).join(', ')})`);
  }
};

const coverage = { source: 'strace', tool: null, mode: 'log', uncovered: [], fallbacks: [] } as const;
