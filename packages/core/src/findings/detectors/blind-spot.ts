import { isLoopback, withoutMapping } from '../../model/address.js';
import { blindSpotText } from '../../model/blind-spot.js';
import type { Event } from '../../model/event.js';
import { printable } from '../../model/printable.js';
import { BySubject } from '../by-subject.js';
import type { Conclusion, Detector, Noted } from '../detector.js';

/** What processes did after which the trace does not show everything. */
export const blindSpot = (): Detector => {
  const found = new BySubject();
  const visitors = unknownVisitors();
  const texts = new Map<string, string>();
  return {
    seen: visitors.seen,
    noted: (noted) => {
      const { event } = noted;
      if (event.kind !== 'blind') return;
      if (event.port !== undefined) return visitors.noted(noted, event.port);
      const subject = event.peer === null ? event.spot : `${event.spot} (${printable(event.peer)})`;
      found.note(subject, noted);
      if (texts.size < mostTexts) texts.set(subject, blindSpotText(event.spot));
    },
    conclude: () => [
      ...found.conclude((subject) => `${subject}: ${texts.get(subject) ?? 'something can pass unseen'}`),
      ...visitors.conclude(),
    ],
  };
};

/**
 * Connections to servers of the run whose other end the trace does not tell. Programs seldom ask for it, and most are the run's own: a server that
 * accepted no more than the run made to its port on this machine had no other visitor.
 */
const unknownVisitors = () => {
  const found = new BySubject();
  const made = new Map<number, number>();
  const accepted = new Map<string, { readonly port: number | null; count: number }>();
  const served = new Set<number>();
  /** A server whose port is not known has had what was connected to no server whose port is. */
  const madeTo = (port: number | null): number => {
    if (port !== null) return made.get(port) ?? 0;
    return [...made].reduce((sum, [other, count]) => (served.has(other) ? sum : sum + count), 0);
  };
  return {
    seen: (event: Event): void => {
      if (event.kind === 'listen' && event.port) served.add(event.port);
      if (event.kind !== 'connect' || event.port === null || (event.result ?? 0) < 0 || !isOnThisMachine(event.addr)) return;
      if (made.has(event.port) || made.size < mostPorts) made.set(event.port, (made.get(event.port) ?? 0) + 1);
    },
    noted: (noted: Noted, port: number | null): void => {
      const subject = `accepted_socket (${port === null ? 'a port that the trace does not tell' : `port ${port}`})`;
      const known = accepted.get(subject) ?? { port, count: 0 };
      known.count += 1;
      accepted.set(subject, known);
      found.note(subject, noted);
    },
    conclude: (): readonly Conclusion[] =>
      found
        .conclude((subject) => `${subject}: ${blindSpotText('accepted_socket')}`)
        .filter(({ subject }) => {
          const { port, count } = accepted.get(subject) ?? { port: null, count: 0 };
          return count > madeTo(port);
        }),
  };
};

/** Loopback, and the address that stands for any of this machine. */
const isOnThisMachine = (given: string | null): boolean => {
  const addr = withoutMapping(given ?? '');
  return isLoopback({ addr }) || addr === '0.0.0.0' || addr === '::';
};

const mostPorts = 65_536;

const mostTexts = 1000;
