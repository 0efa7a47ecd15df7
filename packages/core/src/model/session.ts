import type { ProcessInfo } from './report.js';
import type { Method, Timing } from './scope.js';

/** What a supervisor leaves in its private folder for the framework adapters it runs. */
export type SessionFile = { readonly nonce: string; readonly mode: 'fail' | 'warn' | 'report' };

/** A violation as the thread that ran the test is told of it. */
export type AnsweredViolation = {
  /** Of the event, in the trace. */
  readonly seq: number;
  readonly family: string | null;
  readonly addr: string | null;
  readonly port: number | null;
  readonly pid: number;
  readonly argv: readonly string[] | null;
  /** From the process that runs the tests down to the one that made the call; that one alone where no such process made it. */
  readonly chain: readonly ProcessInfo[];
  readonly method: Method;
  readonly timing: Timing;
  /** YAML of a rule that would allow it. */
  readonly rule: string | null;
  /** The rule that denies it, whatever allows it. */
  readonly denied?: string | undefined;
  /** The name by which the process knew the address; null or absent where that is not known. */
  readonly host?: string | null | undefined;
};

/**
 * An event that no rule allows. `begunAt` (µs since the epoch): when the thread that is told made it, or made the process or thread from
 * which it came.
 */
export type BegunEvent = { readonly seq: number; readonly begunAt: number };

/** One line of an answer file. `n` is the number of the question, null for an alert: something happened, ask. */
export type Answer = {
  readonly n: number | null;
  readonly violations: readonly AnsweredViolation[];
  /** What the thread that asks began, of any scope, since it last asked. */
  readonly begun: readonly BegunEvent[];
};

export const sessionFile = (folder: string): string => `${folder}/session.json`;

/**
 * What a test thread asks where the trace has all its stamps and messages by now: a marker would say no more. `at`: µs since the epoch by
 * the thread's clock. `nonce`: of the run.
 */
export type Question = { readonly nonce: string; readonly worker: string; readonly n: number; readonly scope: string; readonly at: number };

export const isQuestion = (value: unknown): value is Question => {
  const { nonce, worker, n, scope, at } = (typeof value === 'object' && value !== null ? value : {}) as Record<string, unknown>;
  return [nonce, worker, scope].every((text) => typeof text === 'string') && typeof n === 'number' && typeof at === 'number';
};

/**
 * The FIFO that a thread which waits for an answer writes a line into, so that the trace is read at once: its question, or nothing when
 * that is in a marker.
 */
export const bellFile = (folder: string): string => `${folder}/bell`;

export const answerFile = (folder: string, worker: string): string => `${folder}/answers/${worker}`;
