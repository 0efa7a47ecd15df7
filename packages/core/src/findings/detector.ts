import type { Event, NotedEvent } from '../model/event.js';
import type { Origin } from '../model/origin.js';
import type { JudgedEvent, ProcessInfo } from '../model/report.js';
import type { Owner } from '../model/scope.js';
import type { Tally } from './tally.js';

/** An event that was charged, allowed or not, and where in the user's code it was begun, as far as that is known when it is asked for. */
export type Observed = { readonly judged: JudgedEvent; readonly origin: () => Origin | null };

/** An event that is no egress, with whose doing it is. */
export type Noted = { readonly event: NotedEvent; readonly owner: Owner; readonly process: ProcessInfo };

/** What a detector concluded of one subject. */
export type Conclusion = { readonly subject: string; readonly message: string; readonly tally: Tally };

/**
 * Looks at the events of a run as they come, and concludes at its end. It keeps what it counts, never all that it saw: a run may be of any
 * length. One run may have several traces; their events come in any order.
 */
export type Detector = {
  /** An egress event whose owner is known. Returns whether it is of concern, which depends on nothing but where it leads, its result, whether it says how long it took, its owner and what the rules say. */
  charged?(observed: Observed): boolean;
  /** How a connect ended, or a blind spot, once its owner is known. */
  noted?(noted: Noted): void;
  /** Any event, as it is read. Of a connect it looks at where it leads and at its result alone. */
  seen?(event: Event, process: () => ProcessInfo): void;
  conclude(): readonly Conclusion[];
};
