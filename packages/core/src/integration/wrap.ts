import { existsSync } from 'node:fs';
import { superviseWorkers } from '../audit/supervise-workers.js';
import { openEventLogs } from '../delivery/events.js';
import type { Report } from '../model/report.js';
import { handOver } from './hand-over.js';
import type { AdapterSettings } from './options.js';
import type { JoinedSession } from './part.js';

/** How a run ended whose workers were wrapped: its own exit code (0 when nothing is wrong), and what to print on stderr. */
export type WrapResult = { readonly exitCode: number; readonly text: string; readonly report: Report };

export type WrappedRun = {
  readonly session: JoinedSession;
  /** What the workers need in their environment, to find the session as takeAuditState does. */
  readonly env: { readonly NETAUDIT_SESSION: string };
  /** Puts process.execPath back; workers that run already go on under audit. */
  restore(): void;
  /**
   * To be called when the workers have been told to end: restores, waits for their traces, stops what still runs after 5 s, and writes the
   * report files. A second call returns the first one's result. Throws a NetauditError (REPORT_WRITE).
   */
  finish(): Promise<WrapResult>;
};

/**
 * Sets process.execPath such that each worker process a framework forks from now on runs under strace, with the same pid, descriptors
 * and signals. `uncovered` names what runs in this process and is not audited, one clause each. Throws a NetauditError when strace is not usable.
 */
export const wrapWorkers = (settings: AdapterSettings, uncovered: readonly string[] = mainProcess): WrappedRun => {
  const { mode, keepsEvents: verbose, coverage } = settings;
  const [allowlist, baseline] = [settings.allowlist(), settings.baseline()];
  const events = openEventLogs(settings.reporters);
  const workers = superviseWorkers({ program, allowlist, baseline, mode, verbose, uncovered, strict: coverage === 'all', events });
  const restore = standInForProgram(workers.wrapper);
  const tellUnfinished = (): void => {
    process.stderr.write('netaudit: incomplete: the process ended before the audit of its workers did\n');
    if (mode === 'fail') process.exitCode = 2;
  };
  process.once('exit', tellUnfinished);
  let result: Promise<WrapResult> | null = null;
  const finish = async (): Promise<WrapResult> => {
    restore();
    const report = await workers.finish().finally(() => process.off('exit', tellUnfinished));
    return { exitCode: report.exitCode, text: handOver(report, settings), report };
  };
  return {
    session: { ...workers.session, folder: workers.folder },
    env: { NETAUDIT_SESSION: workers.folder },
    restore,
    finish: () => {
      result ??= finish();
      return result;
    },
  };
};

/**
 * Makes process.execPath name the wrapper, as long as there is one: where a test has deleted it, workers start all the same, and the report
 * says so. What is returned puts it back, unless somebody else has set it.
 */
const standInForProgram = (wrapper: string): (() => void) => {
  const get = (): string => (existsSync(wrapper) ? wrapper : program);
  const set = (value: string): void => void Object.defineProperty(process, 'execPath', { ...plain, writable: true, value });
  Object.defineProperty(process, 'execPath', { ...plain, get, set });
  return () => {
    if (Object.getOwnPropertyDescriptor(process, 'execPath')?.get === get) set(program);
  };
};

const plain = { configurable: true, enumerable: true } as const;

/** As it was when this file was loaded: several wrapped runs in one process stand for the same program. */
const program = process.execPath;

const mainProcess = ['the main process of the test framework: configuration, global set-up, reporters'];
