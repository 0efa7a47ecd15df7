import { createHash, randomBytes, randomUUID } from 'node:crypto';
import { existsSync, rmSync, writeFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import type { AllowList } from '../allowlist/allowlist.js';
import type { Baseline } from '../baseline/baseline.js';
import { Findings } from '../findings/findings.js';
import { ViolationTally } from '../findings/violation-tally.js';
import type { Event } from '../model/event.js';
import type { EventSink } from '../model/event-log.js';
import type { Gap, Report } from '../model/report.js';
import type { SessionFile } from '../model/session.js';
import { readNames } from '../names/read.js';
import { makePrivateFolder } from '../process/folder.js';
import { readLinesOfFifo } from '../process/line-fifo.js';
import { processesWith, tracerOf } from '../process/reaper.js';
import { createStraceDecoder } from '../sources/strace/decoder.js';
import { readTrace } from '../sources/strace/trace-process.js';
import { announcementsFifo, readAnnouncement, workerFifo, wrapperFile, wrapperScript } from '../sources/strace/wrapper.js';
import { type Answers, openAnswers } from './answers.js';
import { openBell } from './bell.js';
import { beginLog, endLog } from './event-log.js';
import { knownInRun } from './known.js';
import { closeAtEnd, type LiveTrace, waitForTrace } from './live-trace.js';
import { OwnServers } from './own-servers.js';
import { Pipeline } from './pipeline.js';
import type { KnownInRun } from './pipeline-options.js';
import { prepareStrace } from './prepare.js';
import { buildReport } from './report.js';
import { straceCoverage, straceTool } from './supervise.js';
import type { Mode } from './verdict.js';

export type WorkersOptions = {
  /** The program that the workers run, such as process.execPath. */
  readonly program: string;
  readonly allowlist: AllowList;
  readonly baseline?: Baseline | null | undefined;
  readonly mode: Mode;
  readonly verbose: boolean;
  /** Parts of the run that are no worker, one clause each; with `strict` each makes the audit incomplete. */
  readonly uncovered: readonly string[];
  readonly strict: boolean;
  /** As for superviseCommand; each event with its worker. */
  readonly events?: EventSink | undefined;
};

export type SupervisedWorkers = {
  readonly folder: string;
  readonly session: SessionFile;
  /** To be started in place of `program`: each process that is started so has a trace of its own. */
  readonly wrapper: string;
  /** Waits for the end of the workers, and makes the one report of all. What still runs after 5 s is stopped. */
  finish(): Promise<Report>;
};

/**
 * Follows the traces of many workers, which somebody else starts, on this process's event loop, without keeping it alive. Throws as
 * prepareStrace does.
 */
export const superviseWorkers = (options: WorkersOptions): SupervisedWorkers => {
  const started = Date.now() * 1000;
  const abilities = prepareStrace([options.program]);
  const folder = makePrivateFolder();
  const session: SessionFile = { nonce: randomBytes(16).toString('hex'), mode: options.mode };
  const wrapper = wrapperFile(folder.path);
  writeFileSync(
    wrapper,
    wrapperScript({
      abilities,
      folder: folder.path,
      nonce: session.nonce,
      program: options.program,
      serverPorts: options.allowlist.asksForServers,
    }),
    {
      mode: 0o700,
    },
  );
  const runId = randomUUID();
  beginLog(options.events, { runId, nonce: session.nonce, started, tool: straceTool(abilities) });
  const findings = new Findings(options.allowlist.findings);
  const known = knownInRun(options.baseline);
  const workers = followWorkers(folder.path, session, {
    ...options,
    findings,
    known,
    tally: new ViolationTally(),
    servers: new OwnServers(),
  });
  const finish = async (): Promise<Report> => {
    try {
      const { traces, gaps, leftRunning } = await workers.end();
      const facts = {
        command: null,
        coverage: straceCoverage(abilities, 'wrap', options.uncovered),
        leftRunning,
        gaps: [...gaps, ...(options.strict ? options.uncovered.map(asGap) : [])],
      };
      const unwritten = endLog(options.events, traces, { ...facts, notices: [] });
      return buildReport(traces, {
        ...facts,
        gaps: [...facts.gaps, ...unwritten],
        runId,
        allowlist: options.allowlist,
        findings,
        known,
        mode: options.mode,
        started,
      });
    } finally {
      folder.remove();
    }
  };
  return { folder: folder.path, session, wrapper, finish };
};

type Worker = {
  readonly pid: number;
  readonly trace: LiveTrace;
  readonly closed: Promise<void>;
  /** False while nothing of the trace has come, and its process is gone: then nothing will. */
  readonly begun: () => boolean;
  readonly drain: () => void;
};
type Follow = { readonly folder: string; readonly nonce: string; readonly answers: Answers; readonly options: FollowOptions };
type FollowOptions = WorkersOptions & {
  readonly findings: Findings;
  readonly known: KnownInRun | null;
  readonly tally: ViolationTally;
  readonly servers: OwnServers;
};

const followWorkers = (folder: string, session: SessionFile, options: FollowOptions) => {
  const follow: Follow = { folder, nonce: session.nonce, answers: openAnswers(folder, session), options };
  const workers: Worker[] = [];
  const gaps: Gap[] = [];
  const meet = (line: string): void => {
    const said = readAnnouncement(line);
    if (said?.kind === 'trace') {
      const worker = followWorker(said.pid, follow);
      if (worker) workers.push(worker);
      else gaps.push({ kind: 'lost', reason: `the trace of process ${said.pid} could not be read; it was stopped` });
    } else gaps.push({ kind: 'lost', reason: said ? `process ${said.pid} was not traced: ${said.reason}` : `a worker said: ${line}` });
  };
  const bell = openBell(folder, session.nonce, (question) => {
    // A thread that is not known yet may be in any of them.
    const known = workers.filter(({ trace }) => question && trace.pipeline.attribution.hasWorker(question.worker));
    for (const { drain, trace } of known.length > 0 ? known : workers) {
      drain();
      if (question) trace.pipeline.ask(question);
    }
  });
  const announcements = readLinesOfFifo(announcementsFifo(folder), meet);
  const end = async () => {
    for (const pid of await stillStarting(folder)) {
      gaps.push({ kind: 'lost', reason: `process ${pid} was about to start when the run ended; it was stopped` });
      kill(pid);
    }
    await announcements.end();
    await sleep(workers.some(({ begun }) => !begun()) ? beginMs : 0);
    for (const { trace, begun } of workers) if (!begun()) trace.abandon();
    for (const pid of waitingForReader(folder).filter((waiting) => !workers.some((worker) => worker.pid === waiting))) {
      gaps.push({ kind: 'lost', reason: `process ${pid} waited for an audit that it could not reach; it was stopped` });
      kill(pid);
    }
    const left = await Promise.all(workers.map(({ trace, closed }) => waitForTrace(trace, closed)));
    bell.close();
    follow.answers.close();
    if (!existsSync(wrapperFile(folder)) || !existsSync(announcementsFifo(folder)))
      gaps.push({ kind: 'lost', reason: 'files of the audit were deleted while it ran: workers may have started untraced' });
    if (workers.length === 0) gaps.push({ kind: 'no-marker', reason: 'no worker process was started: nothing was audited' });
    return { traces: workers.map(({ trace }) => trace), gaps, leftRunning: left.flat() };
  };
  return { end };
};

/** null when its FIFO can not be opened: its tracer would wait for ever, and is ended. */
const followWorker = (pid: number, { folder, nonce, answers, options }: Follow): Worker | null => {
  const decoder = createStraceDecoder({ readNames });
  const { allowlist, verbose, findings, known, tally, servers, events } = options;
  const of = `worker ${pid}`;
  const tell = events && ((event: Event): void => events.push({ trace: of, event }));
  const pipeline = new Pipeline({ allowlist, nonce, keepAll: verbose, findings, known, tally, servers, tell }, answers);
  const fifo = workerFifo(folder, pid);
  const hash = createHash('sha256');
  let tracer: number | null = null;
  const onChunk = (chunk: Buffer): void => {
    tracer ??= tracerOf(pid) || null;
    hash.update(chunk);
    for (const event of decoder.push(chunk)) pipeline.push(event);
  };
  try {
    const { batches, begun, hasBegun, drained } = readTrace(fifo, { onChunk });
    const { socket, drain, unref } = batches;
    unref();
    // Both ends are open now: a later process with this pid may have a FIFO of this name.
    void begun.then(() => rmSync(fifo, { force: true }));
    const trace: LiveTrace = {
      pipeline,
      decoder,
      sha256: () => hash.digest('hex'),
      of,
      drained,
      tracer: () => tracer,
      abandon: () => void socket.destroy(),
    };
    return { pid, trace, closed: closeAtEnd(trace), begun: () => hasBegun() || tracerOf(pid) !== null, drain };
  } catch {
    kill(pid);
    return null;
  }
};

/** Pids of the wrappers that have not announced themselves yet, after 2 s at most. */
const stillStarting = async (folder: string): Promise<readonly number[]> => {
  const starting = (): number[] => processesWith(() => wrapperFile(folder));
  for (let waited = 0; waited < 2000 && starting().length > 0; waited += 20) await sleep(20);
  return starting();
};

/** Pids of the tracers that wait in open(2): not yet beside what they trace, but in its place. */
const waitingForReader = (folder: string): readonly number[] => processesWith((pid) => workerFifo(folder, pid));

const kill = (pid: number): void => {
  try {
    process.kill(pid, 'SIGKILL');
  } catch {
    // It ended by itself meanwhile.
  }
};

const asGap = (part: string): Gap => ({ kind: 'uncovered', reason: `not audited: ${part}` });

const beginMs = 200;
