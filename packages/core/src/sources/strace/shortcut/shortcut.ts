import type { Transport } from '../../../model/event.js';
import type { BareConnect, TakeEvents } from '../../../model/source.js';
import type { NameTraffic } from '../dns.js';
import type { Identity } from '../identity.js';
import type { Joiner } from '../join.js';
import type { Shortcut, TextLine } from '../lines.js';
import type { Order } from '../order.js';
import type { SocketTable } from '../socket-table.js';
import { createConnectReader, type PlainConnect } from './connect.js';
import { createHalves, type Half } from './halves.js';
import { createHarmless } from './harmless.js';
import { type Head, hashOf, newHead, readName, readStart } from './head.js';

/** The parts of the decoder that know of the lines before. */
export type Parts = {
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

/** `settle`: has lines read of which the rest has not come yet; to be called before another line is read, and at the end. */
export type LineShortcut = Shortcut & { settle(): void };

/**
 * Takes the two kinds of line of which a trace has most, with the same outcome as if they were read: whole calls that are no evidence, and plain connects, in one line or
 * in two. It leaves a line alone where the lines before it matter: a thread that is not known or has a call under way, a connect that tells how another one ended.
 */
// biome-ignore lint/complexity/noExcessiveLinesPerFunction: the functions inside, which share the line, are short
export const createShortcut = ({ joiner, order, identity, sockets, names, counts, take, read }: Parts): LineShortcut => {
  let bytes: Buffer = Buffer.alloc(0);
  let text = '';
  const head = newHead();
  const harmless = createHarmless();
  const connects = createConnectReader();
  const halves = createHalves();
  const made: BareConnect = {
    ...{
      seq: 0,
      pid: 0,
      tid: 0,
      ts: 0.5,
      place: connects.found.to.place,
      slot: 0,
      transport: null,
      result: null,
      pending: false,
      took: undefined,
    },
  };

  /** undefined where what is known of its socket makes it more than a plain connect. */
  const transportOf = ({ decoration, inode }: Pick<PlainConnect, 'decoration' | 'inode'>): Transport | undefined => {
    const protocol = decoration === 'socket' ? sockets.protocolOf(inode) : decoration;
    return protocol === null ? null : transports.get(protocol);
  };

  const rawLine = (from: number, end: number, first: Half | null): string => {
    const line = bytes.toString('latin1', from, end);
    return first ? `${first.line.text}\n${line}` : line;
  };

  /** `first`: the half that was begun by the line before, of which this one is the rest. */
  const takeConnect = (from: number, end: number, first: Half | null): boolean => {
    const { fd, decoration, inode, to } = first ?? connects.found;
    const { result, took } = connects.found;
    const transport = transportOf(first ?? connects.found);
    if (transport === undefined) return false;
    made.tid = head.tid;
    made.pid = identity.pidOf(head.tid);
    made.ts = first?.ts ?? microsOf(head);
    made.place = to.place;
    made.slot = to.slot;
    made.transport = transport;
    made.result = result.value;
    made.pending = result.pending;
    made.took = took;
    const again = identity.tells(fd, made);
    if (again && decoration === 'socket') return false;
    if (decoration === 'socket' && !sockets.connect(inode, to.place, result)) names?.connectedElsewhere(inode);
    const settled = again ? identity.connectAgain(fd, made, rawLine(from, end, first)) : null;
    if (!again) identity.connect(fd, made);
    if (!take.repeat?.(made)) take.event(identity.eventOf(made, settled?.rawLine ?? rawLine(from, end, first)));
    if (settled) take.event(settled);
    counts.lines += first ? 2 : 1;
    return true;
  };

  /** Keeps it until its rest comes. */
  const takeHalf = (from: number, end: number, number: number): boolean => {
    if (end - from > longestHalf || halves.isFull()) return false;
    const { fd, decoration, inode, to } = connects.found;
    const line: TextLine = { text: bytes.toString('latin1', from, end), number, cut: null };
    halves.put(head.tid, { fd, decoration, inode, to, line, ts: microsOf(head) });
    return true;
  };

  const takeRest = (from: number, body: number, end: number): boolean => {
    const first = halves.of(head.tid);
    if (first === undefined || !connects.readRest(body, end) || !takeConnect(from, end, first)) return false;
    halves.drop(head.tid);
    return true;
  };

  const takeCall = (from: number, end: number, number: number): boolean => {
    if (!isConnect(text, head) || !hasMicros(head)) return false;
    switch (connects.read(end, head)) {
      case 'whole':
        return takeConnect(from, end, null);
      case 'half':
        return takeHalf(from, end, number);
      case null:
        return false;
    }
  };

  const takeHarmless = (from: number, end: number): boolean => {
    if (!harmless.isSure(from, end, head)) return false;
    counts.ignored += 1;
    counts.lines += 1;
    return true;
  };

  return {
    begin: (givenBytes, givenText) => {
      bytes = givenBytes;
      text = givenText;
      harmless.begin(bytes, text);
      connects.begin(bytes, text);
    },
    take: (from, end, number) => {
      const body = readStart(bytes, from, head);
      if (body === -1 || !order.isKnown(head.tid) || !joiner.isIdle(head.tid)) return false;
      if (bytes[body] === less) return takeRest(from, body, end);
      if (!readName(bytes, body, end, head) || halves.has(head.tid)) return false;
      return takeHarmless(from, end) || takeCall(from, end, number);
    },
    settle: () => halves.takeAll().forEach(read),
  };
};

const isConnect = (text: string, { hash, name }: Head): boolean => hash === connectHash && text.startsWith('connect(', name);

/** Times of -ttt; their number of µs is exact, and its part of a million the number that is printed. */
const hasMicros = ({ digits, seconds }: Head): boolean => (digits === 6 || digits === 0) && seconds < 9e9;

/** The time of a line of which `hasMicros` holds. */
const microsOf = ({ seconds, fraction }: Head): number => (seconds === -1 ? 0 : seconds * 1e6 + fraction);

const less = 0x3c;
const longestHalf = 1000;
const connectHash = hashOf('connect');
const transports: ReadonlyMap<string, Transport> = new Map([
  ['', null],
  ['TCP', 'tcp'],
  ['TCPv6', 'tcp'],
  ['UDP', 'udp'],
  ['UDPv6', 'udp'],
]);
