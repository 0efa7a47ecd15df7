import type { Moment } from './clock.js';
import type { Body, Line } from './line.js';

/** A call put together from its halves: `ts` and `timestamp` of its entry, `raw` of both lines with a line break between. */
export type JoinedCall = Moment & {
  readonly tid: number;
  readonly number: number;
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
  end(): Step[];
};

/** Returns a joiner that keeps one pending call a thread. */
// biome-ignore lint/complexity/noExcessiveLinesPerFunction: the functions inside, which share the pending calls, are short
export const createJoiner = (): Joiner => {
  const pending = new Map<number, JoinedCall>();
  /** The thread whose line was split by the last line. */
  let split: number | null = null;

  const abandon = (tid: number): Step[] => {
    const call = pending.get(tid);
    pending.delete(tid);
    return call === undefined ? [] : [{ kind: 'abandoned', call }];
  };

  const enter = (line: Line, name: string, text: string): Step[] => {
    const call = callOf(line, name, text);
    const steps = abandon(line.tid);
    pending.set(line.tid, call);
    return [...steps, { kind: 'entered', call }];
  };

  const resume = (line: Line, name: string, rest: string): Step[] => {
    const head = pending.get(line.tid);
    if (head?.name !== name) return [...abandon(line.tid), { kind: 'orphan', call: callOf(line, name, rest) }];
    pending.delete(line.tid);
    return [{ kind: 'called', call: extend(head, line, rest) }];
  };

  /** The other part of a split line: the end of the call, or only the note that it is unfinished. */
  const goOn = (tid: number, line: Line, rest: string): Step[] => {
    const head = pending.get(tid);
    if (head === undefined) return [];
    pending.delete(tid);
    const whole = extend(head, line, rest);
    if (!rest.endsWith(unfinished)) return [{ kind: 'called', call: whole }];
    pending.set(tid, { ...whole, text: whole.text.slice(0, -unfinished.length).trimEnd() });
    return [];
  };

  /** execve in a thread: the leader's number goes on with the call of the thread that made it. */
  const supersede = (tid: number, by: number): Step[] => {
    const steps = abandon(tid);
    const call = pending.get(by);
    pending.delete(by);
    if (call !== undefined) pending.set(tid, { ...call, tid });
    return steps;
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
          return resume(line, body.name, body.text);
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
    end: () => [...pending.keys()].flatMap(abandon),
  };
};

const extend = (head: JoinedCall, line: Line, rest: string): JoinedCall => ({
  ...head,
  text: head.text + rest,
  raw: `${head.raw}\n${line.raw}`,
  lines: head.lines + 1,
});

const unfinished = '<unfinished ...>';

const callOf = ({ tid, ts, timestamp, number, raw }: Line, name: string, text: string): JoinedCall => ({
  tid,
  ts,
  timestamp,
  number,
  raw,
  name,
  text,
  lines: 1,
});
