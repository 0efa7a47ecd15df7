import { scopeTitle } from '../../model/scope.js';
import type { Conclusion, Detector } from '../detector.js';
import { Tally } from '../tally.js';

/** Tests that lost more than a second in connections which were refused or timed out. */
export const slowConnect = (): Detector => {
  const losses = new Map<string, Loss>();
  const lossOf = (id: string, subject: string): Loss | null => {
    const known = losses.get(id);
    if (known) return known;
    if (losses.size >= mostScopes) return null;
    const loss: Loss = { subject, tally: new Tally(), lost: 0, until: 0 };
    losses.set(id, loss);
    return loss;
  };
  return {
    charged: (observed) => {
      const { event, owner } = observed.judged;
      if (event.kind !== 'connect' || event.took === undefined || !isFailed(event.result) || !owner.scope) return false;
      const loss = lossOf(owner.scope.id, scopeTitle(owner.scope));
      loss?.tally.add(observed);
      if (loss) lose(loss, event.ts, event.ts + event.took);
      return true;
    },
    noted: (noted) => {
      const { event, owner } = noted;
      if (event.kind !== 'settled' || !isFailed(event.result) || !owner.scope) return;
      const loss = lossOf(owner.scope.id, scopeTitle(owner.scope));
      loss?.tally.note(noted);
      if (loss) lose(loss, event.ts - event.took, event.ts);
    },
    conclude: () => [...losses.values()].filter(({ lost }) => lost >= thresholdUs).map(conclusionOf),
  };
};

/** `lost` in µs; `until` is the end of the last time that was counted, so that attempts at the same time count once. */
type Loss = { readonly subject: string; readonly tally: Tally; lost: number; until: number };

const lose = (loss: Loss, from: number, to: number): void => {
  loss.lost += Math.max(0, to - Math.max(from, loss.until));
  loss.until = Math.max(loss.until, to);
};

const conclusionOf = ({ subject, tally, lost }: Loss): Conclusion => ({
  subject,
  message: `${subject} lost ${Math.round(lost / 1000)} ms in connections that were refused or timed out`,
  tally,
});

/** ECONNREFUSED, ETIMEDOUT, EHOSTUNREACH (errno(3)): the last one is what a neighbour that does not answer comes to. */
const isFailed = (result: number | null): boolean => result === -111 || result === -110 || result === -113;

const thresholdUs = 1_000_000;
const mostScopes = 10_000;
