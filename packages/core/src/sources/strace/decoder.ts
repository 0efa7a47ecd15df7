import type { Event } from '../../model/event.js';
import type { ReadNames, TraceDecoder } from '../../model/source.js';
import { isOfInterest, startsCallOfInterest } from './calls.js';
import { createClock } from './clock.js';
import { type Decoded, decodeStep, unreadLine } from './decode.js';
import { createNameTraffic } from './dns.js';
import { createIdentity } from './identity.js';
import { createJoiner, type Step } from './join.js';
import { type Body, type Line, readLine } from './line.js';
import { createLineSplitter, type TextLine } from './lines.js';
import { createOrder } from './order.js';
import { createSocketTable, type SocketTable } from './socket-table.js';
import { readUtf8 } from './text.js';

export type StraceDecoderOptions = {
  /** Names the source in its events. */
  readonly source?: string;
  /** Reads what name services are asked and answer; without it there are no `dns` events. */
  readonly readNames?: ReadNames;
};

/** Returns a decoder of strace output (-o file, FIFO or standard error, any of -f -t -tt -ttt -r -y -yy). */
export const createStraceDecoder = ({ source = 'strace', readNames }: StraceDecoderOptions = {}): TraceDecoder => {
  const splitter = createLineSplitter();
  const clock = createClock();
  const joiner = createJoiner();
  const order = createOrder();
  const identify = createIdentity(source);
  const counts = { lines: 0, ignored: 0 };
  const names = readNames && createNameTraffic(readNames);
  const sockets = createSocketTable();
  const decode = (step: Step): Decoded => decodeStep(decorated(step, sockets), names);

  const decodeLine = (line: TextLine): readonly Decoded[] => {
    counts.lines += 1;
    const read = readLine(line.text, line.number, clock, readUtf8(line.text));
    return line.cut === null ? joiner.push(read).map(decode) : [decodeCut(read, line.cut)];
  };

  const emit = (decoded: Decoded): Event[] => {
    counts.ignored += decoded.ignored;
    return order.push(decoded).flatMap(identify);
  };

  return {
    push: (chunk) => splitter.push(chunk).flatMap(decodeLine).flatMap(emit),
    end: () => [
      ...splitter.end().flatMap(decodeLine).flatMap(emit),
      ...joiner.end().map(decode).flatMap(emit),
      ...order.end().flatMap(identify),
    ],
    counts,
  };
};

const decorated = (step: Step, sockets: SocketTable): Step => ('call' in step ? { ...step, call: sockets.decorate(step.call) } : step);

const decodeCut = (line: Line, cut: 'too long' | 'no line end'): Decoded => {
  const lost = cut === 'too long' || mayBeEvidence(line.body);
  const shown = { ...line, raw: line.raw.slice(0, shownLength) };
  const reason = cut === 'too long' ? 'a line that is too long to be read' : 'the last line is cut off';
  return { tid: null, drafts: lost ? [unreadLine(shown, reason)] : [], kinship: null, ignored: lost ? 0 : 1 };
};

const mayBeEvidence = (body: Body): boolean => {
  switch (body.kind) {
    case 'call':
    case 'unfinished':
    case 'split':
    case 'resumed':
      return isOfInterest(body.name, body.text);
    case 'foreign':
      return startsCallOfInterest(body.text);
    case 'exit':
    case 'superseded':
    case 'signal':
    case 'message':
      return false;
  }
};

const shownLength = 4096;
