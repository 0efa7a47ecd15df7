import type { ProblemCode } from '../model/problem-codes.js';
import type { ViolationScope } from '../model/report.js';
import type { Place } from './place.js';

/** One thing that a report tells, of one test or other owner. Its texts are printable, on one line each, and bounded. */
export type Problem = {
  readonly code: ProblemCode;
  /** `NA601`, … */
  readonly number: string;
  /** `incomplete`: a gap of the audit. `known`: a baseline accepts it. */
  readonly level: 'incomplete' | 'error' | 'warning' | 'known';
  /** Of the violation or finding; null where it is neither. */
  readonly id: string | null;
  /** What was connected to, or what a finding or gap says. */
  readonly subject: string;
  /** One sentence without a full stop: what happened, and whose doing it was. */
  readonly message: string;
  readonly todo: string;
  /** The rule that would allow it, as one line of YAML; null where none can. */
  readonly rule: string | null;
  readonly owner: ViolationScope | null;
  /** The owner in words. */
  readonly who: string;
  readonly place: Place | null;
  readonly count: number;
  /** 32 hexadecimal digits, unique in the report, and the same in every run for the same thing of the same test. */
  readonly fingerprint: string;
};

/** A problem before it has its fingerprint: what that is made of. */
export type Unmarked = Omit<Problem, 'fingerprint'> & { readonly mark: readonly string[] };
