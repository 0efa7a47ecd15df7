import type { Method, Timing } from './scope.js';

/** What a supervisor leaves in its private folder for the framework adapters it runs. */
export type SessionFile = { readonly nonce: string; readonly mode: 'fail' | 'warn' | 'report' };

/** A violation as the thread that ran the test is told of it. */
export type AnsweredViolation = {
  readonly family: string | null;
  readonly addr: string | null;
  readonly port: number | null;
  readonly pid: number;
  readonly argv: readonly string[] | null;
  readonly method: Method;
  readonly timing: Timing;
  /** YAML of a rule that would allow it. */
  readonly rule: string | null;
};

/** One line of an answer file. `n` is the number of the question, null for an alert: something happened, ask. */
export type Answer = { readonly n: number | null; readonly violations: readonly AnsweredViolation[] };

export const sessionFile = (folder: string): string => `${folder}/session.json`;

export const answerFile = (folder: string, worker: string): string => `${folder}/answers/${worker}`;
