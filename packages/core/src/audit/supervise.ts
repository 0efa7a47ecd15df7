import type { StdioOptions } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import type { AllowList } from '../allowlist/allowlist.js';
import type { ProcessInfo, Report } from '../model/report.js';
import { makePrivateFolder, type PrivateFolder } from '../process/folder.js';
import { forwardSignals } from '../process/signals.js';
import { straceFallbacks } from '../sources/strace/argv.js';
import { createStraceDecoder } from '../sources/strace/decoder.js';
import { type TracedCommand, traceCommand } from '../sources/strace/trace-process.js';
import { openAnswers } from './answers.js';
import { stopProcesses } from './leftovers.js';
import { Pipeline } from './pipeline.js';
import { prepareStrace } from './prepare.js';
import { buildReport } from './report.js';
import type { Mode } from './verdict.js';

export type SuperviseOptions = {
  readonly argv: readonly string[];
  readonly allowlist: AllowList;
  readonly mode?: Mode | undefined;
  readonly keepTrace?: string | undefined;
  readonly verbose?: boolean | undefined;
  /** `stdout-to-stderr` keeps our own stdout free for a report. */
  readonly stdio?: 'inherit' | 'stdout-to-stderr' | undefined;
  readonly cwd?: string | undefined;
  readonly env?: NodeJS.ProcessEnv | undefined;
};

/** Runs `argv` under strace, attributes and judges what it does while it does it, and returns the report when all its processes have ended. */
export const superviseCommand = async (options: SuperviseOptions): Promise<Report> => {
  const abilities = prepareStrace(options.argv);
  const folder = makePrivateFolder();
  try {
    const run = startRun(options, folder, abilities);
    const stopForwarding = forwardSignals(run.traced.child, run.traced.begun, run.signalArrived);
    const end = await waitForEnd(run).finally(stopForwarding);
    return buildReport(run.pipeline, {
      command: { argv: options.argv, exitCode: end.code, signal: end.signal },
      coverage: {
        source: 'strace',
        tool: `strace ${abilities.version}`,
        fallbacks: straceFallbacks(abilities),
        lines: run.decoder.counts.lines,
        ignoredLines: run.decoder.counts.ignored,
      },
      leftRunning: end.leftRunning,
      mode: options.mode ?? 'fail',
    });
  } finally {
    folder.remove();
  }
};

const startRun = (options: SuperviseOptions, folder: PrivateFolder, abilities: ReturnType<typeof prepareStrace>) => {
  const nonce = randomBytes(16).toString('hex');
  const decoder = createStraceDecoder();
  const answers = openAnswers(folder.path, { nonce, mode: options.mode ?? 'fail' });
  const pipeline = new Pipeline({ allowlist: options.allowlist, nonce, keepAll: options.verbose ?? false }, answers);
  const signals = new Map<string, number>();
  let watched = false;
  const traced: TracedCommand = traceCommand({
    abilities,
    argv: options.argv,
    env: { ...(options.env ?? process.env), NETAUDIT_SESSION: folder.path },
    cwd: options.cwd,
    stdio: stdioOf(options.stdio ?? 'inherit'),
    folder: folder.path,
    nonce,
    keepTrace: options.keepTrace,
    onChunk: (chunk) => {
      const tracer = watched ? null : traced.tracer();
      if (tracer) folder.reaper.watch(tracer);
      watched ||= tracer !== null;
      for (const event of decoder.push(chunk)) {
        if (event.kind === 'signal' && event.pid === traced.child.pid) signals.set(event.name, event.ts);
        pipeline.push(event);
      }
    },
  });
  const signalArrived = (signal: string, since: number): boolean => (signals.get(signal) ?? 0) >= since;
  return { traced, decoder, pipeline, signalArrived };
};

type Run = ReturnType<typeof startRun>;
type End = { readonly code: number | null; readonly signal: string | null; readonly leftRunning: readonly ProcessInfo[] };

/** The command's end, then the end of the trace; what is still running after `lingerMs` is stopped, so that nothing goes on unseen. */
const waitForEnd = async (run: Run): Promise<End> => {
  const { traced, pipeline } = run;
  const living = (): readonly ProcessInfo[] => pipeline.attribution.processes.living();
  const first = await Promise.race([traced.exited.then(() => 'exit' as const), traced.drained.then(() => sleep(500, 'eof' as const))]);
  if (first === 'eof' && traced.child.exitCode === null && traced.child.signalCode === null) {
    pipeline.gaps.push({ kind: 'lost', reason: 'the tracer ended before the command did; the command was stopped' });
    await stopProcesses(living, null);
  }
  const { code, signal } = await traced.exited;
  const left = (await within(traced.drained, lingerMs)) ? [] : living();
  if (left.length > 0) await stopProcesses(living, traced.tracer());
  if (!(await within(traced.drained, 2000))) {
    pipeline.gaps.push({ kind: 'lost', reason: 'the trace did not end with its processes' });
    traced.abandon();
  }
  for (const problem of await traced.drained) pipeline.gaps.push({ kind: 'lost', reason: problem });
  closeTrace(run);
  return { code, signal, leftRunning: left };
};

const closeTrace = ({ decoder, pipeline }: Run): void => {
  for (const event of decoder.end()) pipeline.push(event);
  pipeline.finish();
  if (!pipeline.attribution.started) {
    pipeline.gaps.push({ kind: 'no-marker', reason: 'the trace does not begin with the marker of this run: tracing did not start' });
  } else if (pipeline.attribution.processes.living().length > 0) {
    const pids = pipeline.attribution.processes.living().map((process) => process.pid);
    pipeline.gaps.push({ kind: 'lost', reason: `the trace ends before its processes do (pids ${pids.slice(0, 10).join(', ')})` });
  }
};

const stdioOf = (stdio: 'inherit' | 'stdout-to-stderr'): StdioOptions => (stdio === 'inherit' ? 'inherit' : ['inherit', 2, 'inherit']);

const within = async (promise: Promise<unknown>, ms: number): Promise<boolean> => {
  const timeout = new AbortController();
  const late = sleep(ms, false, { signal: timeout.signal }).catch(() => false);
  return Promise.race([promise.then(() => true), late]).finally(() => timeout.abort());
};

const lingerMs = 5000;
