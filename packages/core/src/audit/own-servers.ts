import { isLoopback, withoutMapping } from '../model/address.js';
import type { Aim, Event } from '../model/event.js';
import { forgetOldest } from '../model/oldest.js';

/** Where the run listens, as its traces have told so far; they share it. */
export class OwnServers {
  /** Addresses by port, null where the trace does not tell it. */
  readonly #served = new Map<number, Set<string | null>>();
  /** How often the run began to listen. */
  version = 0;

  apply(event: Event): void {
    if (event.kind !== 'listen' || event.port === null || event.family === 'AF_UNIX') return;
    this.version += 1;
    const addresses = this.#served.get(event.port) ?? new Set();
    this.#served.set(event.port, addresses.add(event.addr === null ? null : withoutMapping(event.addr)));
    forgetOldest(this.#served, mostPorts);
  }

  /** Whether the run listens at this address of loopback. */
  readonly serves = ({ family, addr, port }: Pick<Aim, 'family' | 'addr' | 'port'>): boolean => {
    if ((family !== 'AF_INET' && family !== 'AF_INET6') || addr === null || port === null) return false;
    const address = withoutMapping(addr);
    const served = isLoopback({ addr: address }) ? this.#served.get(port) : undefined;
    if (!served) return false;
    return [address, null, '::', ...(address.includes('.') ? ['0.0.0.0'] : [])].some((place) => served.has(place));
  };
}

const mostPorts = 65_536;
