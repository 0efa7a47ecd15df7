import { isLoopback, withoutMapping } from '../../model/address.js';
import type { Aim, ListenEvent, SendEvent, Transport } from '../../model/event.js';
import { forgetOldest } from '../../model/oldest.js';
import type { BareConnect, Place } from '../../model/source.js';
import type { Descriptor, Place as Peer } from './descriptor.js';
import type { Draft, EventDraft, SocketStep } from './draft.js';
import { linuxErrno } from './errno.js';

export type Sockets = {
  /** The events that a draft makes; `seq` is the number that the next event will have. */
  take(draft: Draft, pid: number, seq: number): readonly EventDraft[];
  /** Whether a connect tells how the one before it on the same descriptor ended. */
  tells(fd: number, made: BareConnect): boolean;
  /** As `take` for a connect that tells nothing of another, and what it tells of its socket. */
  connect(fd: number, made: BareConnect): void;
  /** The same for one that tells how the one before it ended: what it tells, null where that is nothing. */
  connectAgain(fd: number, made: BareConnect): Settled | null;
};

/** A `settled` event without the line that tells it. */
type Settled = Omit<Extract<EventDraft, { kind: 'settled' }>, 'rawLine'>;

type Pending = { seq: number; ts: number; tid: number; place: Place; transport: Transport };
/** `unnamed`: it listens, on a port that is not known yet. */
type Known = { readonly bound?: Pick<Aim, 'family' | 'addr' | 'port'>; readonly pending?: Pending; readonly unnamed?: true };

/**
 * Returns what reads the steps on sockets in their order. Descriptors are known by process and number, until the process ends or runs another
 * program: close(2) is not traced, so a number that is used again is told by its next connect, bind or decoration.
 */
// biome-ignore lint/complexity/noExcessiveLinesPerFunction: the functions inside, which share what is known, are short
export const createSockets = (): Sockets => {
  const processes = new Map<number, Map<number, Known>>();
  const destinations = createBoundedSet(mostPlaces);
  const served = createBoundedSet(mostPlaces);
  let last: Pending | null = null;

  const know = (pid: number, fd: number, known: Known | null): void => {
    const descriptors = processes.get(pid) ?? new Map<number, Known>();
    if (known) descriptors.set(fd, known);
    else descriptors.delete(fd);
    if (descriptors.size > 0) processes.set(pid, descriptors);
    else processes.delete(pid);
  };

  const forget = (draft: Draft, pid: number): void => {
    if (draft.kind === 'exec' || (draft.kind === 'exit' && draft.tid === pid)) processes.delete(pid);
  };

  const listen = (step: SocketStep, place: Pick<ListenEvent, 'family' | 'addr' | 'port'>): readonly EventDraft[] => {
    const text = `${place.addr} ${place.port}`;
    if (served.has(text)) return [];
    if (place.addr !== null && (place.port !== null || place.family === 'AF_UNIX')) served.add(text);
    const { family, addr, port } = place;
    return [{ kind: 'listen', tid: step.tid, ts: step.ts, family, addr, port }];
  };

  const begin = (step: SocketStep, pid: number): readonly EventDraft[] => {
    const place = placeOf(step.socket) ?? processes.get(pid)?.get(step.socket.fd)?.bound ?? nowhere;
    if (place.port === null && place.family !== 'AF_UNIX') know(pid, step.socket.fd, { bound: place, unnamed: true });
    return listen(step, place);
  };

  /** The peer is of another machine, or of a process of this one that speaks over its own network address. */
  const accept = (step: SocketStep, pid: number, peer: Peer | null | 'unknown'): readonly EventDraft[] => {
    const { local } = step.socket;
    const listening = local ? listen(step, { family: familyOf(step.socket), ...local }) : [];
    if (peer === 'unknown')
      return [...listening, ...acceptFromAnyone(step, local ?? processes.get(pid)?.get(step.socket.fd)?.bound ?? null)];
    if (peer === null || isLoopback(peer)) return listening;
    destinations.add(placeKey(peer));
    return [...listening, { kind: 'blind', ...whereOf(step), spot: 'accepted_socket', peer: placeText(peer) }];
  };

  const settle = (pid: number, fd: number, peer: Peer | null, now: { readonly ts: number; readonly result: number }): Settled | null => {
    const pending = processes.get(pid)?.get(fd)?.pending;
    if (!pending) return null;
    know(pid, fd, null);
    if (peer && pending.place.port !== null && peer.port !== pending.place.port) return null;
    const { seq: connect, ts, tid, place, transport } = pending;
    const { family, addr, port } = place;
    return { kind: 'settled', family, addr, port, transport, tid, ts: now.ts, connect, took: Math.max(0, now.ts - ts), result: now.result };
  };

  const tell = ({ socket: { fd, peer }, ts, rawLine }: SocketStep, pid: number, result: number): readonly EventDraft[] => {
    const settled = settle(pid, fd, peer, { ts, result });
    return settled ? [{ ...settled, rawLine }] : [];
  };

  const isAgain = (pid: number, fd: number, { addr, port }: Pick<Aim, 'addr' | 'port'>): boolean => {
    const before = processes.get(pid)?.get(fd)?.pending;
    return before?.place.addr === addr && before?.place.port === port;
  };

  /** connect(2) again on the same socket is how some programs ask what became of the first one. */
  const connect = (step: SocketStep & { readonly did: 'connect' }, pid: number, made: Pending): readonly EventDraft[] => {
    const again = isAgain(pid, step.socket.fd, made.place);
    if (again && step.result === notYet) return [];
    if (again && !step.pending && step.result !== null) return tell(step, pid, endOf(step.result));
    know(pid, step.socket.fd, step.pending ? { pending: made } : null);
    return [];
  };

  /** A socket whose connect is in no line of the trace leads somewhere: that is told once for each process. */
  const adopt = (step: SocketStep, pid: number, call: SendEvent['call']): readonly EventDraft[] => {
    const { peer } = step.socket;
    if (peer === null || isLoopback(peer) || destinations.has(placeKey(peer)) || destinations.has(`${pid} ${placeKey(peer)}`)) return [];
    destinations.add(`${pid} ${placeKey(peer)}`);
    const aim = { family: familyOf(step.socket), ...peer, transport: transportOf(step.socket) };
    return [{ kind: 'send', call, ...whereOf(step), timestamp: step.timestamp, ...aim, result: 0 }];
  };

  const take = (step: SocketStep, pid: number): readonly EventDraft[] => {
    switch (step.did) {
      case 'connect':
        return last ? connect(step, pid, last) : [];
      case 'bind':
        know(pid, step.socket.fd, { bound: { ...step.at, port: step.at.port === 0 ? null : step.at.port } });
        return [];
      case 'listen':
        return begin(step, pid);
      case 'name':
        return processes.get(pid)?.get(step.socket.fd)?.unnamed ? listen(step, step.at) : [];
      case 'accept':
        return accept(step, pid, step.peer);
      case 'tell':
        return tell(step, pid, step.result);
      case 'send':
        return [...(tells(step.result) ? tell(step, pid, Math.min(0, step.result)) : []), ...adopt(step, pid, step.call)];
      case 'receive':
        return adopt(step, pid, step.call);
    }
  };

  /** Keeps where an egress goes. */
  const note = (aim: Place): void => {
    const key = keyOf(aim);
    if (key !== null) destinations.add(key);
  };

  return {
    take: (draft, pid, seq) => {
      forget(draft, pid);
      if (draft.kind === 'socket') return take(draft, pid);
      if (draft.kind === 'connect' || draft.kind === 'send') {
        const { family, addr, port, transport, tid, ts } = draft;
        last = { seq, ts, tid, place: { family, addr, port }, transport };
        note(last.place);
      }
      return [draft];
    },
    tells: (fd, { pid, place, result, pending }) => !pending && result !== null && isAgain(pid, fd, place),
    connect: (fd, made) => {
      destinations.addOf(made.place, keyOf);
      if (!made.pending) know(made.pid, fd, null);
      else if (!goOn(processes.get(made.pid)?.get(fd), made)) know(made.pid, fd, { pending: pendingOf(made) });
    },
    connectAgain: (fd, { pid, ts, place, result }) => {
      destinations.addOf(place, keyOf);
      return result === null || result === notYet ? null : settle(pid, fd, null, { ts, result: endOf(result) });
    },
  };
};

/** How a connect ended, by what the next one on its descriptor returned. */
const endOf = (result: number): number => (result === -errnoOf('EISCONN') ? 0 : result);

const pendingOf = ({ seq, ts, tid, place, transport }: BareConnect): Pending => ({ seq, ts, tid, place, transport });

/** A descriptor that had a connect under way has another: what is known of it is written over, as there are very many. */
const goOn = (known: Known | undefined, { seq, ts, tid, place, transport }: BareConnect): boolean => {
  const pending = known?.pending;
  if (pending === undefined || known?.bound || known?.unnamed) return false;
  pending.seq = seq;
  pending.ts = ts;
  pending.tid = tid;
  pending.place = place;
  pending.transport = transport;
  return true;
};

/** Who connected to loopback is on this machine. Elsewhere it may be anybody: the connects of the run tell how many of them were its own. */
const acceptFromAnyone = (step: SocketStep, at: Pick<Aim, 'addr' | 'port'> | null): readonly EventDraft[] => {
  const overTcp = step.socket.protocol?.startsWith('TCP') ?? false;
  if (!overTcp || (at?.addr && isLoopback({ addr: at.addr }))) return [];
  return [{ kind: 'blind', ...whereOf(step), spot: 'accepted_socket', peer: null, port: at?.port || null }];
};

const keyOf = ({ addr, port }: Place): string | null =>
  addr === null || port === null ? null : placeKey({ addr: withoutMapping(addr), port });

const placeKey = ({ addr, port }: Peer): string => `${addr} ${port}`;
const placeText = ({ addr, port }: Peer): string => (addr.includes(':') ? `[${addr}]:${port}` : `${addr}:${port}`);

const whereOf = ({ tid, ts, rawLine }: SocketStep) => ({ tid, ts, rawLine });

const placeOf = (socket: Descriptor): Pick<ListenEvent, 'family' | 'addr' | 'port'> | null => {
  if (socket.path !== null) return { family: 'AF_UNIX', addr: socket.path, port: null };
  return socket.local ? { family: familyOf(socket), ...socket.local } : null;
};

const familyOf = ({ protocol, local, peer }: Descriptor): string =>
  protocol?.endsWith('v6') && (peer ?? local)?.addr.includes(':') ? 'AF_INET6' : 'AF_INET';

const transportOf = ({ protocol }: Descriptor): Aim['transport'] =>
  protocol?.startsWith('TCP') ? 'tcp' : protocol?.startsWith('UDP') ? 'udp' : null;

/** The oldest are let go when there are too many. */
const createBoundedSet = (most: number) => {
  const items = new Set<string>();
  /** Objects whose items are in it. */
  let known = new WeakSet<object>();
  const add = (item: string): void => {
    const before = items.size;
    items.add(item);
    forgetOldest(items, most);
    if (items.size < before) known = new WeakSet();
  };
  return {
    has: (item: string): boolean => items.has(item),
    add,
    /** Adds the item of an object that is given again and again; null is none. */
    addOf: <Source extends object>(source: Source, itemOf: (source: Source) => string | null): void => {
      if (known.has(source)) return;
      const item = itemOf(source);
      if (item !== null) add(item);
      known.add(source);
    },
  };
};

const nowhere = { family: null, addr: null, port: null };
const mostPlaces = 65_536;
const errnoOf = (name: string): number => linuxErrno.get(name) ?? 0;

const notYet = -errnoOf('EALREADY');

/** What a send returns while the connection is not there yet, or long after. */
const untelling = new Set(['EAGAIN', 'ENOTCONN', 'EINPROGRESS', 'EALREADY', 'EINTR', 'EPIPE'].map((name) => -errnoOf(name)));
const tells = (result: number | null): result is number => result !== null && !untelling.has(result);
