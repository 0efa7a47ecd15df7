import type { Transport } from '../../../model/event.js';
import type { BareConnect, Place, TakeEvents } from '../../../model/source.js';
import type { NameTraffic } from '../dns.js';
import type { Identity } from '../identity.js';
import type { Joiner } from '../join.js';
import type { Shortcut, TextLine } from '../lines.js';
import type { Order } from '../order.js';
import type { SocketTable } from '../socket-table.js';
import { type Begun, createConnects, socketProtocol } from './connects.js';
import { createHalves, type Half } from './halves.js';
import { fields, forms, type Scanner } from './scanner.js';

/** The parts of the decoder that know of the lines before. */
export type Parts = {
  readonly scanner: Scanner;
  readonly joiner: Joiner;
  readonly order: Order;
  readonly identity: Identity;
  readonly sockets: SocketTable;
  readonly names: NameTraffic | undefined;
  readonly counts: { lines: number; ignored: number };
  readonly take: TakeEvents;
  /** Reads a line as any. */
  readonly read: (line: TextLine) => void;
};

export type LineShortcut = Shortcut & {
  /** Has lines read of which the rest has not come yet; to be called before another line is read, and at the end. */
  settle(): void;
  /** From now on a whole call of the thread may be more than itself. */
  changed(tid: number): void;
};

/**
 * Takes the two kinds of line of which a trace has most, with the same outcome as if they were read: whole calls that are no evidence, and plain connects, in one line or
 * in two. It leaves a line alone where the lines before it matter: a thread that is not known or has a call under way, a connect that tells how another one ended.
 */
// biome-ignore lint/complexity/noExcessiveLinesPerFunction: the functions inside, which share the line, are short
export const createShortcut = ({ scanner, joiner, order, identity, sockets, names, counts, take, read }: Parts): LineShortcut => {
  const connects = createConnects(scanner);
  const halves = createHalves();
  const made: BareConnect = {
    ...{ seq: 0, pid: 0, tid: 0, ts: 0.5, place: nowhere, slot: 0, transport: null, result: null, pending: false, took: undefined },
  };
  let taken = 0;

  const lineText = (): string => scanner.text(scanner.placeOf(fields.line), scanner.placeOf(fields.next) - 1);
  const rawLine = (first: Half | null): string => (first ? `${first.line.text}\n${lineText()}` : lineText());

  /** undefined where what is known of its socket makes it more than a plain connect. */
  const transportOf = ({ protocol, inode }: Begun): Transport | undefined => {
    if (protocol !== socketProtocol) return transports[protocol];
    const known = sockets.protocolOf(inode);
    return known === null ? null : transportsByName.get(known);
  };

  /** `first`: the half that was begun by the line before, of which this one is the rest. */
  const takeConnect = (begun: Begun | null, first: Half | null): boolean => {
    const result = connects.result();
    const transport = begun && transportOf(begun);
    if (begun === null || result === null || transport === undefined) return false;
    const { fd, protocol, inode, to, ts } = begun;
    const took = scanner.found(fields.took);
    made.tid = scanner.found(fields.tid);
    made.pid = identity.pidOf(made.tid);
    made.ts = ts;
    made.place = to.place;
    made.slot = to.slot;
    made.transport = transport;
    made.result = result.value;
    made.pending = result.pending;
    made.took = took === -1 ? undefined : took;
    const again = identity.tells(fd, made);
    if (again && protocol === socketProtocol) return false;
    if (protocol === socketProtocol && !sockets.connect(inode, to.place, result)) names?.connectedElsewhere(inode);
    const settled = again ? identity.connectAgain(fd, made, rawLine(first)) : null;
    if (!again) identity.connect(fd, made);
    if (!take.repeat?.(made)) take.event(identity.eventOf(made, settled?.rawLine ?? rawLine(first)));
    if (settled) take.event(settled);
    counts.lines += first ? 2 : 1;
    return true;
  };

  /** Keeps it until its rest comes. */
  const takeHalf = (begun: Begun | null, number: number): boolean => {
    const text = lineText();
    if (begun === null || text.length > longestHalf || halves.isFull()) return false;
    const tid = scanner.found(fields.tid);
    halves.put(tid, { ...begun, line: { text, number, cut: null } });
    scanner.setReady(tid, false);
    return true;
  };

  const takeRest = (): boolean => {
    const tid = scanner.found(fields.tid);
    const first = order.isKnown(tid) && joiner.isIdle(tid) ? halves.of(tid) : undefined;
    if (!takeConnect(first ?? null, first ?? null)) return false;
    halves.drop(tid);
    return true;
  };

  const takeLine = (form: number, number: number): boolean => {
    switch (form) {
      case forms.whole:
        return takeConnect(connects.begun(), null);
      case forms.half:
        return takeHalf(connects.begun(), number);
      case forms.rest:
        return takeRest();
      default:
        return false;
    }
  };

  const isReady = (tid: number): boolean => order.isKnown(tid) && joiner.isIdle(tid) && !halves.has(tid);

  /** Passes over lines that are no evidence; returns the form of the next one. */
  const skip = (from: number): number => {
    const form = scanner.scan(from);
    const skipped = scanner.found(fields.skipped);
    counts.lines += skipped;
    counts.ignored += skipped;
    taken += skipped;
    return form;
  };

  return {
    room: scanner.room,
    begin: (bytes) => scanner.begin(bytes),
    take: (from, number) => {
      taken = 0;
      if (joiner.isSplit()) return from;
      for (let at = from; ; ) {
        const form = skip(at);
        at = scanner.placeOf(fields.line);
        const tid = scanner.found(fields.tid);
        if (form === forms.unready && isReady(tid)) scanner.setReady(tid, true);
        else if (!takeLine(form, number + taken)) return at;
        else {
          taken += 1;
          at = scanner.placeOf(fields.next);
        }
      }
    },
    taken: () => taken,
    settle: () => halves.takeAll().forEach(read),
    changed: (tid) => scanner.setReady(tid, false),
  };
};

const nowhere: Place = { family: null, addr: null, port: null };
const longestHalf = 1000;
/** By the number that the scanner has for it. */
const transports: readonly (Transport | undefined)[] = [null, 'tcp', 'tcp', 'udp', 'udp'];
/** By the name that strace -yy has for it. */
const transportsByName: ReadonlyMap<string, Transport> = new Map([
  ['TCP', 'tcp'],
  ['TCPv6', 'tcp'],
  ['UDP', 'udp'],
  ['UDPv6', 'udp'],
]);
