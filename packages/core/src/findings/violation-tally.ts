import { plainName } from '../model/destination.js';
import type { Origin } from '../model/origin.js';
import type { HostName, JudgedEvent, ProcessInfo, Violation } from '../model/report.js';
import type { Owner, Scope } from '../model/scope.js';
import { processKey } from './process-key.js';

/** What a violation is about. */
export type Destination = Pick<Violation, 'family' | 'addr' | 'port'>;

/** Where an event stands in the run: by its time (µs), then its number. */
export type Place = { readonly ts: number; readonly seq: number };

/** What was seen, by a key, each with the first place where it was. */
export type Seen<Value> = Map<string, { readonly value: Value; first: Place }>;

/** The names that were asked for, null where none is known, each with how many events. */
export type Hosts = Map<string | null, { count: number }>;

/** What is known of one destination. Counts are exact; `partial` says that something of its lists was left out. */
export type DestinationTally = {
  readonly key: string;
  readonly destination: Destination;
  first: Place;
  firstTimestamp: number;
  count: number;
  partial: boolean;
  pids: Set<number>;
  readonly owners: Map<string, OwnerTally>;
  /** Events whose call of user code, with the host that it asked for, is not known. */
  callless: number;
  readonly hosts: Hosts;
  names: Seen<HostName>;
  /** The names of all events that an answer of DNS told, plain. */
  answered: ReadonlySet<string> | null;
  /** The calls of user code that asked for a host and port here. */
  calls: Set<string>;
  /** The rules that deny it. */
  denied: Set<string>;
};

export type OwnerTally = {
  readonly owner: Owner;
  first: Place;
  count: number;
  processes: Seen<ProcessInfo>;
  origins: Seen<Origin>;
  usedBy: Seen<Scope>;
  attempts: Set<number>;
  /** As for the destination. */
  readonly hosts: Hosts;
};

/** An event that was counted; more may be told of it later. */
export type Counted = {
  readonly ts: number;
  readonly seq: number;
  readonly destination: DestinationTally;
  readonly owner: OwnerTally | null;
  origin: Origin | null;
  host: string | null;
};

/** What an event was counted in, for others that differ from it in nothing but their time. */
export type Again = {
  readonly destination: DestinationTally;
  readonly owner: OwnerTally;
  /** Of their events of which no host is known. */
  readonly hostless: { count: number };
  readonly ownerHostless: { count: number };
};

/** How much a tally lists. `room`: roughly the characters of all lists together. */
export type TallyLimits = { readonly destinations: number; readonly list: number; readonly room: number };

/**
 * Counts violations by destination and owner as they come, in memory that does not grow with their number: each count is exact, and of what is
 * listed only the first entries are kept.
 */
export class ViolationTally {
  readonly destinations = new Map<string, DestinationTally>();
  /** Violating events to destinations that are not listed, as there were too many. */
  unlisted = 0;
  /** By address and port, of one family each: quicker than by text. */
  readonly #byPlace = new Map<string | null, Map<number | null, DestinationTally>>();
  readonly #limits: TallyLimits;
  #room: number;

  constructor(limits: TallyLimits = usualLimits) {
    this.#limits = limits;
    this.#room = limits.room;
  }

  /** Counts a violation; null when its destination is not listed. */
  add({ event, owner, process, origin, denied, usedBy = [], names = [] }: JudgedEvent): Counted | null {
    const place: Place = { ts: event.ts, seq: event.seq };
    const group = this.#destination({ family: event.family ?? 'AF_UNKNOWN', addr: event.addr, port: event.port }, place);
    if (group === null) {
      this.unlisted += 1;
      return null;
    }
    group.count += 1;
    group.callless += 1;
    if (isBefore(place, group.first)) group.first = place;
    if (group.first === place) group.firstTimestamp = event.timestamp;
    group.pids = this.#put(group, group.pids, event.pid);
    if (denied !== undefined) group.denied = this.#put(group, group.denied, denied);
    const host = this.#nameOf(group, names, place);
    const counted: Counted = { ...place, destination: group, owner: this.#owner(group, owner, place), origin: null, host };
    countHost(counted, host, 1);
    this.#addTo(counted, owner, process);
    if (origin) this.tellOrigin(counted, origin);
    for (const scope of usedBy) this.tellUser(counted, scope);
    return counted;
  }

  /** Where events like this one are counted; null where each has to be added. None may be told of with an origin before such an event is added. */
  againOf({ destination, owner, host }: Counted): Again | null {
    const [hostless, ownerHostless] = [destination.hosts.get(null), owner?.hosts.get(null)];
    return owner && host === null && hostless && ownerHostless ? { destination, owner, hostless, ownerHostless } : null;
  }

  /** Counts an event that is not before the one that `again` is of. */
  addAgain({ destination, owner, hostless, ownerHostless }: Again): void {
    destination.count += 1;
    destination.callless += 1;
    owner.count += 1;
    hostless.count += 1;
    ownerHostless.count += 1;
  }

  /** Where the event was begun, which is told once. */
  tellOrigin(counted: Counted, origin: Origin): void {
    if (counted.origin) return;
    counted.origin = origin;
    const { destination, owner } = counted;
    const place = placeOf(counted);
    if (owner) owner.origins = this.#see(destination, owner.origins, { key: origin.call, value: origin, place });
    if (origin.host === null) return;
    destination.callless -= 1;
    countHost(counted, counted.host, -1);
    countHost(counted, origin.host, 1);
    counted.host = origin.host;
    destination.calls = this.#put(destination, destination.calls, JSON.stringify([origin.call, origin.host, destination.destination.port]));
  }

  /** Another scope used the connection. */
  tellUser(counted: Counted, scope: Scope): void {
    const { destination, owner } = counted;
    if (owner) owner.usedBy = this.#see(destination, owner.usedBy, { key: scope.id, value: scope, place: placeOf(counted) });
  }

  /** The name that is taken for what was asked for, until the test thread tells of its own call. */
  #nameOf(group: DestinationTally, names: readonly HostName[], place: Place): string | null {
    if (names.length === 0 && group.answered?.size === 0) return null;
    const answered = new Set(names.filter(({ source }) => source === 'dns').map(({ name }) => plainName(name)));
    group.answered = group.answered ? new Set([...group.answered].filter((name) => answered.has(name))) : answered;
    for (const value of names) {
      const key = `${value.source} ${value.name}`;
      if (group.names.has(key) || group.names.size < mostNames) group.names = this.#see(group, group.names, { key, value, place });
    }
    return names[0]?.name ?? null;
  }

  #addTo(counted: Counted, { attempt }: Owner, process: ProcessInfo): void {
    const { destination, owner: tally } = counted;
    if (tally === null) return;
    const place = placeOf(counted);
    tally.count += 1;
    if (isBefore(place, tally.first)) tally.first = place;
    const key = processKey(process);
    if (tally.processes.size === 0) tally.processes = new Map([[key, { value: process, first: place }]]);
    else this.#see(destination, tally.processes, { key, value: process, place });
    if (attempt !== undefined) tally.attempts = this.#put(destination, tally.attempts, attempt);
  }

  #destination(destination: Destination, first: Place): DestinationTally | null {
    const { family, addr, port } = destination;
    const near = this.#byPlace.get(addr)?.get(port);
    if (near?.destination.family === family) return near;
    const key = destinationKey(destination);
    const known = this.destinations.get(key);
    if (known) return known;
    if (this.destinations.size >= this.#limits.destinations) return null;
    const group: DestinationTally = {
      ...{ key, destination, first, firstTimestamp: 0, count: 0, partial: false, callless: 0, answered: null },
      ...{ pids: noValues, owners: new Map(), hosts: new Map(), names: noneSeen, calls: noValues, denied: noValues },
    };
    this.destinations.set(key, group);
    const ports = this.#byPlace.get(addr) ?? new Map<number | null, DestinationTally>();
    this.#byPlace.set(addr, ports.set(port, group));
    return group;
  }

  /** The first owner of a destination is always listed. */
  #owner(group: DestinationTally, owner: Owner, first: Place): OwnerTally | null {
    const key = ownerKey(owner);
    const known = group.owners.get(key);
    if (known) return known;
    if (group.owners.size > 0 && !this.#hasRoom(group, group.owners.size, key.length)) return null;
    const tally: OwnerTally = {
      ...{ owner, first, count: 0, processes: noneSeen, origins: noneSeen, usedBy: noneSeen, attempts: noValues, hosts: new Map() },
    };
    group.owners.set(key, tally);
    return tally;
  }

  /** Returns the list with the value, where there is room for it. */
  #see<Value>(group: DestinationTally, seen: Seen<Value>, { key, value, place }: { key: string; value: Value; place: Place }): Seen<Value> {
    const known = seen.get(key);
    if (known) known.first = isBefore(place, known.first) ? place : known.first;
    if (known || !this.#hasRoom(group, seen.size, key.length)) return seen;
    return (seen.size === 0 ? new Map() : seen).set(key, { value, first: place });
  }

  #put<Value extends string | number>(group: DestinationTally, values: Set<Value>, value: Value): Set<Value> {
    if (values.has(value) || !this.#hasRoom(group, values.size, typeof value === 'string' ? value.length : 0)) return values;
    return (values.size === 0 ? new Set<Value>() : values).add(value);
  }

  #hasRoom(group: DestinationTally, listed: number, length: number): boolean {
    const fits = listed < this.#limits.list && this.#room > 0;
    if (fits) this.#room -= entryCost + length;
    else group.partial = true;
    return fits;
  }
}

const placeOf = ({ ts, seq }: Counted): Place => ({ ts, seq });

const countHost = ({ destination, owner }: Counted, host: string | null, by: 1 | -1): void => {
  countIn(destination.hosts, host, by);
  if (owner) countIn(owner.hosts, host, by);
};

const countIn = (hosts: Hosts, host: string | null, by: 1 | -1): void => {
  const known = hosts.get(host);
  if (known) known.count += by;
  else if (by > 0 && hosts.size < mostNames) hosts.set(host, { count: by });
  if (known?.count === 0) hosts.delete(host);
};

export const isBefore = (one: Place, other: Place): boolean => one.ts < other.ts || (one.ts === other.ts && one.seq < other.seq);

/** The same for events to the same destination. */
export const destinationKey = ({ family, addr, port }: Destination): string => `${family}|${addr ?? ''}|${port ?? ''}`;

const ownerKey = (owner: Owner): string => {
  if (owner === last.owner) return last.key;
  const { method, scope, candidates, timing } = owner;
  const key = JSON.stringify([method, scope?.id ?? null, candidates.map(({ id }) => id).toSorted(), timing]);
  last = { owner, key };
  return key;
};

/** Many events that follow each other have the same owner. */
let last: { readonly owner: Owner | null; readonly key: string } = { owner: null, key: '' };

/** What nothing was added to: there are many lists, and most of them stay empty. */
const noneSeen: Seen<never> = new Map();
const noValues: Set<never> = new Set();

/** The lists together have some 40,000 entries. */
const mostNames = 100;
const usualLimits: TallyLimits = { destinations: 10_000, list: 200_000, room: 12_000_000 };
const entryCost = 200;
