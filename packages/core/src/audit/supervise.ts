import type { StdioOptions } from 'node:child_process';
import { createHash, randomBytes, randomUUID } from 'node:crypto';
import type { AllowList } from '../allowlist/allowlist.js';
import type { Baseline } from '../baseline/baseline.js';
import { Findings } from '../findings/findings.js';
import type { BlindEvent, Event } from '../model/event.js';
import type { EventSink } from '../model/event-log.js';
import type { Coverage, Report } from '../model/report.js';
import { readNames } from '../names/read.js';
import { makePrivateFolder, type PrivateFolder } from '../process/folder.js';
import { inheritedPeers } from '../process/inherited.js';
import { forwardSignals } from '../process/signals.js';
import { straceFallbacks } from '../sources/strace/argv.js';
import { createStraceDecoder } from '../sources/strace/decoder.js';
import { type TracedCommand, traceCommand } from '../sources/strace/trace-process.js';
import type { StraceAbilities } from '../sources/strace/version.js';
import { openAnswers } from './answers.js';
import { openBell } from './bell.js';
import { beginLog, endLog } from './event-log.js';
import { knownInRun } from './known.js';
import { closeAtEnd, type LiveTrace, waitForTrace } from './live-trace.js';
import { Pipeline } from './pipeline.js';
import type { KnownInRun } from './pipeline-options.js';
import { prepareStrace } from './prepare.js';
import { buildReport, type ReportFacts } from './report.js';
import type { Mode } from './verdict.js';

export type SuperviseOptions = {
  readonly argv: readonly string[];
  readonly allowlist: AllowList;
  /** Violations that are known, and do not fail. */
  readonly baseline?: Baseline | null | undefined;
  readonly mode?: Mode | undefined;
  readonly keepTrace?: string | undefined;
  readonly verbose?: boolean | undefined;
  /** Default true; false: lines of the trace that could not be read do not make the audit incomplete. */
  readonly strict?: boolean | undefined;
  /** Takes the events of the run while it goes on. */
  readonly events?: EventSink | undefined;
  /** `stdout-to-stderr` keeps our own stdout free for a report. */
  readonly stdio?: 'inherit' | 'stdout-to-stderr' | undefined;
  readonly cwd?: string | undefined;
  readonly env?: NodeJS.ProcessEnv | undefined;
  /** What prepareStrace gave for this command a moment ago; default: it is asked now. */
  readonly abilities?: StraceAbilities | undefined;
};

/** Runs `argv` under strace, attributes and judges what it does while it does it, and returns the report when all its processes have ended. */
export const superviseCommand = async (options: SuperviseOptions): Promise<Report> => {
  const started = Date.now() * 1000;
  const abilities = options.abilities ?? prepareStrace(options.argv);
  const folder = makePrivateFolder();
  try {
    const findings = new Findings(options.allowlist.findings);
    const known = knownInRun(options.baseline);
    const runId = randomUUID();
    const { traced, trace, signalArrived, close } = startRun(options, { folder, abilities, findings, known, runId, started });
    const closed = closeAtEnd(trace);
    const stopForwarding = forwardSignals(traced.child, traced.begun, signalArrived);
    const end = await traced.exited.finally(stopForwarding);
    const leftRunning = await waitForTrace(trace, closed);
    close();
    const facts = {
      command: { argv: options.argv, exitCode: end.code, signal: end.signal },
      coverage: straceCoverage(abilities, 'command', []),
      leftRunning,
    };
    const gaps = endLog(options.events, [trace], { ...facts, gaps: [], notices: [] });
    return buildReport([trace], {
      ...facts,
      gaps,
      runId,
      allowlist: options.allowlist,
      findings,
      known,
      mode: options.mode ?? 'fail',
      strict: options.strict,
      started,
      cwd: options.cwd,
    });
  } finally {
    folder.remove();
  }
};

type Means = {
  readonly folder: PrivateFolder;
  readonly abilities: StraceAbilities;
  readonly findings: Findings;
  readonly known: KnownInRun | null;
  readonly runId: string;
  readonly started: number;
};

const startRun = (options: SuperviseOptions, { folder, abilities, findings, known, runId, started }: Means) => {
  const nonce = randomBytes(16).toString('hex');
  const decoder = createStraceDecoder({ readNames });
  const answers = openAnswers(folder.path, { nonce, mode: options.mode ?? 'fail' });
  const { allowlist, verbose = false } = options;
  const { events } = options;
  beginLog(events, { runId, nonce, started, tool: straceTool(abilities) });
  const tell = events && ((event: Event): void => events.push({ event }));
  const pipeline = new Pipeline({ allowlist, nonce, keepAll: verbose, findings, known, tell }, answers);
  const signals = new Map<string, number>();
  const hash = createHash('sha256');
  // Before the command begins, which may delete the folder at once.
  const bell = openBell(folder.path, nonce, (question) => {
    traced.drain();
    if (question) pipeline.ask(question);
  });
  const traced: TracedCommand = traceCommand({
    abilities,
    argv: options.argv,
    env: { ...(options.env ?? process.env), NETAUDIT_SESSION: folder.path },
    cwd: options.cwd,
    stdio: stdioOf(options.stdio ?? 'inherit'),
    folder: folder.path,
    nonce,
    keepTrace: options.keepTrace,
    serverPorts: allowlist.asksForServers,
    onChunk: (chunk) => {
      traced.tracer();
      hash.update(chunk);
      for (const event of decoder.push(chunk)) {
        if (event.kind === 'signal' && event.pid === traced.child.pid) signals.set(event.name, event.ts);
        pipeline.push(event);
      }
    },
  });
  const close = (): void => {
    bell.close();
    answers.close();
  };
  for (const peer of inheritedPeers()) pipeline.push(inheritedSocket(peer, traced.child.pid ?? 0));
  const signalArrived = (signal: string, since: number): boolean => (signals.get(signal) ?? 0) >= since;
  const { drained, tracer, abandon } = traced;
  const sha256 = (): string => hash.digest('hex');
  return { traced, trace: { pipeline, decoder, sha256, drained, tracer, abandon } satisfies LiveTrace, signalArrived, close };
};

const inheritedSocket = (peer: string, pid: number): BlindEvent => {
  const ts = Date.now() * 1000;
  return { kind: 'blind', source: 'proc', seq: -1, ts, pid, tid: pid, spot: 'inherited_socket', peer, rawLine: '' };
};

/** What a report says of strace as the source. */
export const straceCoverage = (
  abilities: StraceAbilities,
  mode: Coverage['mode'],
  uncovered: readonly string[],
): ReportFacts['coverage'] => ({
  source: 'strace',
  tool: straceTool(abilities),
  mode,
  uncovered,
  fallbacks: straceFallbacks(abilities),
});

export const straceTool = ({ version }: StraceAbilities): string => `strace ${version}`;

const stdioOf = (stdio: 'inherit' | 'stdout-to-stderr'): StdioOptions => (stdio === 'inherit' ? 'inherit' : ['inherit', 2, 'inherit']);
