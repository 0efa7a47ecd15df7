import type { ReadNames, TakeEvents } from '../../model/source.js';
import { readCall } from './call.js';
import { createClock } from './clock.js';
import { type Decoded, decodeStep, unreadLine } from './decode.js';
import { createNameTraffic } from './dns.js';
import type { Draft } from './draft.js';
import { createIdentity } from './identity.js';
import { createJoiner, type Step } from './join.js';
import { type Line, readLine } from './line.js';
import { createLineSplitter, type TextLine } from './lines.js';
import { createOrder } from './order.js';
import { createScanner } from './shortcut/scanner.js';
import { createShortcut, type LineShortcut } from './shortcut/shortcut.js';
import { createSocketTable, type SocketTable } from './socket-table.js';
import { readUtf8 } from './text.js';
import { lacksBeginning, lacksEnd } from './torn.js';

export type StraceReaderOptions = {
  /** Names the source in its events. */
  readonly source?: string;
  /** Reads what name services are asked and answer; without it there are no `dns` events. */
  readonly readNames?: ReadNames;
  /** Whether lines of the usual forms are taken as bytes (default). It makes no difference but in time. */
  readonly shortcuts?: boolean;
};

/** One line of a trace, and whether it is whole. */
export type CutLine = { readonly line: Line; readonly cut: TextLine['cut'] };

/** Reads strace output, whole or in pieces; `end` at its end. `pushLines` takes lines that were read before, from a trace in several files. */
export type StraceReader = {
  push(chunk: Uint8Array): void;
  pushLines(lines: readonly CutLine[]): void;
  end(): void;
  readonly counts: { readonly lines: number; readonly ignored: number };
};

/** Returns a reader of strace output (-o file, FIFO or standard error, any of -f -t -tt -ttt -r -y -yy). */
export const createStraceReader = (
  { source = 'strace', readNames, shortcuts = true }: StraceReaderOptions,
  take: TakeEvents,
): StraceReader => {
  const splitter = createLineSplitter();
  const clock = createClock();
  const changed = (tid: number): void => shortcut?.changed(tid);
  const joiner = createJoiner(changed);
  const order = createOrder(changed);
  const identity = createIdentity(source);
  const counts = { lines: 0, ignored: 0 };
  const names = readNames && createNameTraffic(readNames);
  const sockets = createSocketTable();
  const decode = (step: Step): Decoded => decodeStep(decorated(step, sockets), names);

  const read = ({ text, number, cut }: TextLine): CutLine => ({ line: readLine(text, number, clock, readUtf8(text)), cut });

  const pushDecoded = (decoded: Decoded): void => {
    counts.ignored += decoded.ignored;
    for (const draft of order.push(decoded)) identity.identify(draft, take.event);
  };

  const pushLine = ({ line, cut }: CutLine): void => {
    counts.lines += 1;
    if (cut === 'too long') pushDecoded(unreadable(line, 'a line that is too long to be read'));
    else if (cut === 'no line end') pushLast(line);
    else if (line.number === 1 && lacksBeginning(line.body)) {
      withUnread(joiner.push(line).map(decode), line, 'a call whose beginning is cut off').forEach(pushDecoded);
    } else for (const step of joiner.push(line)) pushDecoded(decode(step));
  };

  /** A call whose result may be cut off is an event as far as it goes, and a line that could not be read. */
  const pushLast = (line: Line): void => {
    const steps = joiner.push(line).map((step) => (isIncomplete(step) ? { kind: 'abandoned' as const, call: step.call } : step));
    const decoded = steps.map(decode);
    (lacksEnd(line.body) ? withUnread(decoded, line, 'the last line is cut off') : decoded).forEach(pushDecoded);
  };

  const scanner = shortcuts ? createScanner() : null;
  const shortcut: LineShortcut | null =
    scanner && createShortcut({ scanner, joiner, order, identity, sockets, names, counts, take, read: (line) => pushLine(read(line)) });

  /** What the shortcut has of the lines before comes first. */
  const pushText = (line: TextLine): void => {
    shortcut?.settle();
    pushLine(read(line));
  };

  return {
    push: (chunk) => splitter.each(chunk, pushText, shortcut ?? undefined),
    pushLines: (lines) => lines.forEach(pushLine),
    end: () => {
      for (const line of splitter.end()) pushText(line);
      shortcut?.settle();
      for (const step of joiner.end()) pushDecoded(decode(step));
      for (const draft of order.end()) identity.identify(draft, take.event);
    },
    counts,
  };
};

const decorated = (step: Step, sockets: SocketTable): Step => ('call' in step ? { ...step, call: sockets.decorate(step.call) } : step);

const isIncomplete = (step: Step): step is Exclude<Step, { kind: 'line' }> => step.kind === 'called' && readCall(step.call.text) === null;

/** What was decoded, with an `unread` for the line unless it has one. */
const withUnread = (decoded: readonly Decoded[], line: Line, reason: string): readonly Decoded[] => {
  const last = decoded.at(-1);
  if (last?.drafts.some(({ kind }) => kind === 'unread')) return decoded;
  return [...decoded.map((each) => ({ ...each, ignored: 0 })), unreadable(line, reason)];
};

const unreadable = (line: Line, reason: string): Decoded => {
  const draft: Draft = unreadLine({ ...line, raw: line.raw.slice(0, shownLength) }, reason);
  return { tid: null, drafts: [draft], kinship: null, ignored: 0 };
};

const shownLength = 4096;
