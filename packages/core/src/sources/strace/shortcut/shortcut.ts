import type { Event, Transport } from '../../../model/event.js';
import type { NameTraffic } from '../dns.js';
import type { Identity } from '../identity.js';
import type { Joiner } from '../join.js';
import type { Shortcut } from '../lines.js';
import type { Order } from '../order.js';
import type { SocketTable } from '../socket-table.js';
import { createConnectReader, type PlainConnect } from './connect.js';
import { createHarmless } from './harmless.js';
import { type Head, hashOf, newHead, readHead } from './head.js';

/** The parts of the decoder that know of the lines before. */
export type Parts = {
  readonly joiner: Joiner;
  readonly order: Order;
  readonly identity: Identity;
  readonly sockets: SocketTable;
  readonly names: NameTraffic | undefined;
  readonly counts: { lines: number; ignored: number };
  readonly emit: (event: Event) => void;
};

/**
 * Takes the two kinds of line of which a trace has most, with the same outcome as if they were read: whole calls that are no evidence, and plain connects. It leaves
 * a line alone where the lines before it matter: a thread that is not known or has a call under way, a connect that tells how another one ended.
 */
export const createShortcut = ({ joiner, order, identity, sockets, names, counts, emit }: Parts): Shortcut => {
  let bytes: Buffer = Buffer.alloc(0);
  let text = '';
  const head = newHead();
  const harmless = createHarmless();
  const connects = createConnectReader();

  /** undefined where what is known of its socket makes it more than a plain connect. */
  const transportOf = ({ decoration, inode }: PlainConnect): Transport | undefined => {
    const protocol = decoration === 'socket' ? sockets.protocolOf(inode) : decoration;
    return protocol === null ? null : transports.get(protocol);
  };

  const takeConnect = (from: number, end: number): boolean => {
    const { fd, decoration, inode, address, result, took } = connects.found;
    const { tid, seconds, fraction } = head;
    const transport = transportOf(connects.found);
    if (transport === undefined || identity.tells(tid, fd, address, result)) return false;
    const ts = seconds === -1 ? 0 : seconds * 1e6 + fraction;
    if (decoration === 'socket' && !sockets.connect(inode, address, result)) names?.connectedElsewhere(inode);
    const rawLine = bytes.toString('latin1', from, end);
    emit(identity.connect(fd, address, { tid, ts, timestamp: ts / 1e6, took, rawLine, transport, result }));
    return true;
  };

  return {
    begin: (givenBytes, givenText) => {
      bytes = givenBytes;
      text = givenText;
      harmless.begin(bytes, text);
      connects.begin(bytes, text);
    },
    take: (from, end) => {
      if (!readHead(bytes, from, end, head) || !order.isKnown(head.tid) || !joiner.isIdle(head.tid)) return false;
      if (harmless.isSure(from, end, head)) counts.ignored += 1;
      else if (!isConnect(text, head) || !hasMicros(head) || !connects.read(end, head) || !takeConnect(from, end)) return false;
      counts.lines += 1;
      return true;
    },
  };
};

const isConnect = (text: string, { hash, name }: Head): boolean => hash === connectHash && text.startsWith('connect(', name);

/** Times of -ttt; their number of µs is exact, and its part of a million the number that is printed. */
const hasMicros = ({ digits, seconds }: Head): boolean => (digits === 6 || digits === 0) && seconds < 9e9;

const connectHash = hashOf('connect');
const transports: ReadonlyMap<string, Transport> = new Map([
  ['', null],
  ['TCP', 'tcp'],
  ['TCPv6', 'tcp'],
  ['UDP', 'udp'],
  ['UDPv6', 'udp'],
]);
