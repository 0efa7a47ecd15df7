import type { Scope } from './scope.js';

/** A thread that ran tests. Times here are µs since the epoch; `to` is null where the trace does not show an end. */
export type Lane = {
  readonly worker: string;
  readonly pid: number;
  readonly tid: number;
  readonly from: number;
  readonly to: number | null;
};

/** The time of a scope on the lane with this index. `attempt` counts from 1. */
export type Span = {
  readonly lane: number;
  readonly scope: Scope;
  readonly from: number;
  readonly to: number | null;
  readonly attempt: number;
};

/** What ran when. `omitted`: how many spans were too many to tell. */
export type Timeline = { readonly lanes: readonly Lane[]; readonly spans: readonly Span[]; readonly omitted: number };

/** A process from its birth to its end; `argv` and `file` of its last exec. `parent` is null where the trace does not tell it. */
export type ProcessLife = {
  readonly pid: number;
  readonly parent: number | null;
  readonly argv: readonly string[] | null;
  readonly file: string | null;
  readonly from: number;
  readonly to: number | null;
  readonly code: number | null;
  readonly signal: string | null;
};

/** A question to a name service. `status` is that of the answer, null where none was seen. */
export type AskedName = {
  readonly at: number;
  readonly name: string;
  readonly type: string;
  readonly status: string | null;
  readonly addresses: readonly string[];
  /** `addr:port`, or the path of its socket. */
  readonly server: string;
  readonly pid: number;
  readonly scope: Scope | null;
};

/** What a run did besides its connections, for a reader who wants all of it. */
export type Course = { readonly timeline: Timeline; readonly processes: readonly ProcessLife[]; readonly dns: readonly AskedName[] };
