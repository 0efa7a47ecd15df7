import type { Event } from '../model/event.js';
import type { Outcome } from '../model/report.js';

/** `took`: µs to its end, null where that is not known. */
type Ended = { readonly outcome: Outcome; readonly result: number | null; readonly took: number | null };

/** How the egress of one trace ended, by the numbers of its events. */
export class Outcomes {
  readonly #settled = new Map<number, { readonly result: number; readonly took: number }>();

  /** Takes how a connect ended that was in progress. */
  take(event: Event): void {
    if (event.kind === 'settled' && this.#settled.size < most) this.#settled.set(event.connect, event);
  }

  of(event: Event): Ended | null {
    if (event.kind !== 'connect' && event.kind !== 'send') return null;
    const pending = event.kind === 'connect' && event.pending === true;
    const settled = this.#settled.get(event.seq);
    const took = settled?.took ?? (event.kind === 'connect' && !pending ? event.took : undefined) ?? null;
    const result = settled?.result ?? event.result;
    if (pending && !settled) return { outcome: 'in progress', result, took };
    return { outcome: outcomeOf(result, event.kind), result, took };
  }
}

/** By errno(3): ECONNREFUSED, ETIMEDOUT. */
const outcomeOf = (result: number | null, kind: 'connect' | 'send'): Outcome => {
  if (result === null) return 'unknown';
  if (result >= 0) return kind === 'connect' ? 'connected' : 'sent';
  if (result === -111) return 'refused';
  return result === -110 ? 'timed out' : 'failed';
};

const most = 200_000;
