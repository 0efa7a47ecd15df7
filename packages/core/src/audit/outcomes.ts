import type { Event } from '../model/event.js';
import type { Outcome } from '../model/report.js';

/** How the egress of one trace ended, by the numbers of its events. */
export class Outcomes {
  readonly #settled = new Map<number, number>();

  /** Takes how a connect ended that was in progress. */
  take(event: Event): void {
    if (event.kind === 'settled' && this.#settled.size < most) this.#settled.set(event.connect, event.result);
  }

  of(event: Event): { readonly outcome: Outcome; readonly result: number | null } | null {
    if (event.kind !== 'connect' && event.kind !== 'send') return null;
    const pending = event.kind === 'connect' && event.pending === true;
    const result = this.#settled.get(event.seq) ?? event.result;
    if (pending && !this.#settled.has(event.seq)) return { outcome: 'in progress', result };
    return { outcome: outcomeOf(result, event.kind), result };
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
