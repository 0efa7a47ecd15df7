import type { Moment } from './clock.js';
import type { Body, Line } from './line.js';
import { createPendingCalls } from './pending.js';

/** A call put together from its halves: `ts` and `timestamp` of its entry, `raw` of both lines with a line break between. */
export type JoinedCall = Moment & {
  readonly tid: number;
  readonly number: number;
  readonly file?: string | undefined;
  readonly name: string;
  readonly text: string;
  readonly raw: string;
  /** How many lines it took. */
  readonly lines: number;
};

/** What a line means once halves are put together. `abandoned`: entered and never resumed. `orphan`: resumed and never entered. */
export type Step =
  | { readonly kind: 'entered' | 'called' | 'abandoned' | 'orphan'; readonly call: JoinedCall }
  | { readonly kind: 'line'; readonly line: Line; readonly body: Exclude<Body, CallBody> };

type CallBody = { readonly kind: 'call' | 'unfinished' | 'split' | 'resumed' };

/** Joins the halves of calls by thread; a thread has at most one call under way. */
export type Joiner = {
  push(line: Line): Step[];
  /** Whether the thread has no call under way. */
  isIdle(tid: number): boolean;
  /** Whether the next line may go on with the one before. */
  isSplit(): boolean;
  end(): Step[];
};

/** Returns a joiner that keeps one pending call a thread, and tells of each that has one from now on. */
// biome-ignore lint/complexity/noExcessiveLinesPerFunction: the functions inside, which share the pending calls, are short
export const createJoiner = (onBusy: (tid: number) => void = () => undefined): Joiner => {
  const pending = createPendingCalls();
  /** The thread whose line was split by the last line. */
  let split: number | null = null;

  const abandon = (tid: number): Step[] => given(pending.take(tid)).map((call) => ({ kind: 'abandoned', call }));

  /** Keeps a call, and gives up on those for which there is no room any more. */
  const keep = (call: JoinedCall): Step[] => {
    onBusy(call.tid);
    return pending.put(call).map((left) => ({ kind: 'abandoned', call: left }));
  };

  const enter = (line: Line, name: string, text: string): Step[] => {
    const call = callOf(line, name, text);
    return [...abandon(line.tid), ...keep(call), { kind: 'entered', call }];
  };

  const resume = (line: Line, { name, text, interrupted }: Extract<Body, { kind: 'resumed' }>): Step[] => {
    const head = pending.takeNamed(line.tid, name);
    if (head === undefined) return [...abandon(line.tid), { kind: 'orphan', call: callOf(line, name, text) }];
    const whole = extend(head, line, text);
    return interrupted ? keep(whole) : [{ kind: 'called', call: whole }];
  };

  /** The other part of a split line: the end of the call, or only the note that it is unfinished. */
  const goOn = (tid: number, line: Line, rest: string): Step[] => {
    const head = pending.take(tid);
    if (head === undefined) return [];
    const whole = extend(head, line, rest);
    if (!rest.endsWith(unfinished)) return [{ kind: 'called', call: whole }];
    return keep({ ...whole, text: whole.text.slice(0, -unfinished.length).trimEnd() });
  };

  /** execve in a thread: the leader's number goes on with the call of the thread that made it. */
  const supersede = (tid: number, by: number): Step[] => {
    const steps = abandon(tid);
    return [...steps, ...given(pending.take(by)).flatMap((call) => keep({ ...call, tid }))];
  };

  return {
    push: (line) => {
      const { body, tid } = line;
      const goingOn = split;
      split = body.kind === 'split' ? tid : null;
      switch (body.kind) {
        case 'call':
          return [...abandon(tid), { kind: 'called', call: callOf(line, body.name, body.text) }];
        case 'unfinished':
        case 'split':
          return enter(line, body.name, body.text);
        case 'resumed':
          return resume(line, body);
        case 'exit':
          return [...abandon(tid), { kind: 'line', line, body }];
        case 'superseded':
          return [...supersede(tid, body.by), { kind: 'line', line, body }];
        case 'foreign':
          return goingOn === null ? [{ kind: 'line', line, body }] : goOn(goingOn, line, body.text);
        case 'signal':
        case 'message':
          return [{ kind: 'line', line, body }];
      }
    },
    isIdle: (tid) => !pending.has(tid),
    isSplit: () => split !== null,
    end: () => pending.takeAll().map((call) => ({ kind: 'abandoned', call })),
  };
};

const given = (call: JoinedCall | undefined): readonly JoinedCall[] => (call === undefined ? [] : [call]);

const extend = (head: JoinedCall, line: Line, rest: string): JoinedCall => ({
  ...head,
  text: head.text + rest,
  raw: `${head.raw}\n${line.raw}`,
  lines: head.lines + 1,
});

const unfinished = '<unfinished ...>';

const callOf = ({ tid, ts, timestamp, number, file, raw }: Line, name: string, text: string): JoinedCall => ({
  tid,
  ts,
  timestamp,
  number,
  file,
  raw,
  name,
  text,
  lines: 1,
});
