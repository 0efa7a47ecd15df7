import type { DnsEvent, EgressEvent, NotedEvent } from '../model/event.js';
import type { Origin } from '../model/origin.js';
import type { StatedPermission } from '../model/permission.js';
import type { ProcessInfo } from '../model/report.js';
import type { Owner, Scope } from '../model/scope.js';
import type { Descent } from './descent.js';

/** An event with the owner it was charged to, and the process that made the call. */
export type Charged = {
  readonly event: EgressEvent;
  readonly owner: Owner;
  readonly process: ProcessInfo;
  readonly descent: Descent;
};

/** An event that is no egress, with whose doing it is. */
export type Noted = { readonly event: NotedEvent; readonly owner: Owner; readonly process: ProcessInfo };

/** A question to a name service with the owner it was charged to, and the process that asked. */
export type Asked = { readonly event: DnsEvent; readonly owner: Owner; readonly process: ProcessInfo };

/** `scope` used the connection that the thread `tid` opened between these times, µs since the epoch. */
export type Use = { readonly tid: number; readonly from: number; readonly to: number; readonly scope: Scope };

export type AttributionListener = {
  onCharged(charged: Charged): void;
  onNoted?(noted: Noted): void;
  /** The owner of a question is known. */
  onAsked?(asked: Asked): void;
  /** A test thread asked what was charged to `scope`; all that it made before asking has been charged. */
  onSync(request: { readonly worker: string; readonly n: number; readonly scope: string }): void;
  /** A test thread told where it began the event with this `seq`. */
  onOrigin(seq: number, origin: Origin): void;
  /** A scope used a connection that may be another's; its connect has been charged. */
  onUsed(use: Use): void;
  onForged(reason: string): void;
  /** A thread ended, or went on, before it had written all of a marker: what it said there is not known. */
  onUnfinished?(tid: number): void;
  /** The clock of the machine was set back: times before and after can not be told apart. */
  onSetBack?(micros: number): void;
  /** An adapter says what it can not do in this run. */
  onNotice(text: string): void;
  /** Told before anything is charged to the scope. */
  onPermit?(scope: Scope, permissions: readonly StatedPermission[]): void;
  /** The thread of a task said that it runs tests. */
  onRunner?(worker: string, task: { readonly pid: number; readonly tid: number }, ts: number): void;
  /** A scope begins (`open`) or ends on a test thread, at `at` by that thread's clock. */
  onStamp?(worker: string, scope: Scope, open: boolean, at: number): void;
  /** A scope was told, for the first time or again. */
  onScope?(scope: Scope): void;
  /** The scope has ended long ago: nothing will be charged to it any more. */
  onForgotten?(scope: string): void;
  /** Process `pid` looked a name up, at `at` (µs since the epoch). */
  onResolved?(pid: number, resolved: { readonly name: string; readonly addresses: readonly string[]; readonly at: number }): void;
};
