import { isLoopback, withoutMapping } from '../../model/address.js';
import { destinationText } from '../../model/destination.js';
import type { Aim } from '../../model/event.js';
import { BySubject } from '../by-subject.js';
import type { Detector } from '../detector.js';

/** Connections to a loopback port that were refused, and nobody in the run listened on the port before or after. */
export const refusedLoopback = (): Detector => {
  const found = new BySubject();
  const served = new Set<number>();
  /** Whether a server of the run has a port that the kernel chose, and the trace does not tell. */
  let servesAny = false;
  const isServed = (port: number): boolean => served.has(port) || (servesAny && port >= firstEphemeral);
  return {
    seen: (event) => {
      if (event.kind !== 'listen' || event.family === 'AF_UNIX') return;
      if (event.port) served.add(event.port);
      else servesAny = true;
    },
    charged: (observed) => {
      const { event } = observed.judged;
      if (event.kind !== 'connect' || !isRefused(event.result) || !isToLoopback(event)) return false;
      found.add(placeOf(event), observed);
      return true;
    },
    noted: (noted) => {
      const { event } = noted;
      if (event.kind === 'settled' && isRefused(event.result) && isToLoopback(event)) found.note(placeOf(event), noted);
    },
    conclude: () =>
      found
        .conclude((place) => `unmocked request to ${place}: refused, as nobody in the run listens there`)
        .filter(({ subject }) => !isServed(Number(/:(\d+)$/.exec(subject)?.[1]))),
  };
};

/** The lowest port that Linux chooses by itself (ip(7), ip_local_port_range). */
const firstEphemeral = 32_768;

/** ECONNREFUSED (errno(3)). */
const isRefused = (result: number | null): boolean => result === -111;

const isToLoopback = ({ addr }: Aim): boolean => addr !== null && isLoopback({ addr: withoutMapping(addr) });

/** A client that tries both addresses of localhost made one request. */
const placeOf = ({ addr, port }: Aim): string => destinationText({ addr: isLocalhost(addr) ? 'localhost' : addr, port });

const isLocalhost = (addr: string | null): boolean => ['::1', '127.0.0.1'].includes(withoutMapping(addr ?? ''));
