import { describe, expect, it } from 'vitest';
import { Attribution } from '../../src/attribution/attribution.js';
import type { Event } from '../../src/model/event.js';
import { encodeMarker, type MarkerMessage } from '../../src/model/marker.js';
import type { Scope } from '../../src/model/scope.js';

const nonce = '0123456789abcdef0123456789abcdef';
const scope = (id: string, kind: Scope['kind'] = 'test'): Scope => ({ id, kind, file: 'a.test.ts', names: [id] });
const open = (id: string, at: number, kind?: Scope['kind']): MarkerMessage[] => [
  { kind: 'scope', scope: scope(id, kind) },
  { kind: 'stamp', scope: id, open: true, at },
];
const close = (id: string, at: number): MarkerMessage[] => [{ kind: 'stamp', scope: id, open: false, at }];

/** A trace in short: each step is one event at its own time. */
type Step =
  | readonly [at: number, tid: number, 'connect']
  | readonly [at: number, tid: number, 'fork' | 'thread', child: number]
  | readonly [at: number, tid: number, 'exec' | 'exit']
  | readonly [at: number, tid: number, 'mark', messages: readonly MarkerMessage[], nonce?: string];

const eventsOf = (steps: readonly Step[]): Event[] =>
  steps.flatMap(([ts, tid, what, detail, other], seq): Event[] => {
    const base = { source: 'test', seq, ts, pid: tid, tid };
    switch (what) {
      case 'connect':
        return [
          {
            ...base,
            kind: 'connect',
            family: 'AF_INET',
            addr: '203.0.113.1',
            port: ts,
            transport: 'tcp',
            timestamp: ts,
            result: 0,
            rawLine: '',
          },
        ];
      case 'fork':
      case 'thread':
        return [{ ...base, kind: 'fork', child: detail, thread: what === 'thread' }];
      case 'exec':
        return [{ ...base, kind: 'exec', file: 'x', argv: ['x'] }];
      case 'exit':
        return [{ ...base, kind: 'exit', code: 0, signal: null }];
      case 'mark':
        return encodeMarker(other ?? nonce, seq, { at: ts, messages: detail }).map((path) => ({ ...base, kind: 'marker', path }));
    }
  });

/** Who each connect (named by its time) was charged to, `-` while it waits; and what was forged. */
const run = (steps: readonly Step[], finish = true) => {
  const owners: Record<number, string> = {};
  const forged: string[] = [];
  const attribution = new Attribution(nonce, {
    onCharged: ({ event, owner }) => {
      const who = owner.scope ? owner.scope.id : owner.candidates.map((candidate) => candidate.id).join('|');
      owners[event.port ?? 0] = [who, owner.method, owner.timing].filter((part) => part !== null).join(' ');
    },
    onSync: () => {},
    onOrigin: () => {},
    onUsed: () => {},
    onForged: (reason) => void forged.push(reason),
    onNotice: () => {},
  });
  for (const event of eventsOf(steps)) attribution.apply(event);
  if (finish) attribution.finish();
  return { owners, forged, living: attribution.processes.living().map(({ pid }) => pid) };
};

const hello: Step = [10, 1, 'mark', [{ kind: 'hello', worker: 'w' }]];

describe('an event is charged', () => {
  it.each<[string, readonly Step[], Record<number, string>]>([
    ['to the run when nobody announced tests', [[20, 1, 'connect']], { 20: 'run lineage' }],
    ['to the run before the worker says hello', [[5, 1, 'connect'], hello], { 5: 'run lineage' }],
    [
      'to the only test that is open',
      [hello, [20, 1, 'connect'], [30, 1, 'mark', [...open('a', 15), ...close('a', 25)]]],
      { 20: 'a lineage' },
    ],
    [
      'by the stamps of its own thread, at their very edges',
      [
        hello,
        [20, 1, 'connect'],
        [21, 1, 'connect'],
        [40, 1, 'mark', [...open('a', 15), ...close('a', 20.5), ...open('b', 20.6), ...close('b', 30)]],
      ],
      { 20: 'a lineage', 21: 'b lineage' },
    ],
    [
      'to the innermost suite between tests',
      [hello, [20, 1, 'connect'], [30, 1, 'mark', [...open('f', 11, 'file'), ...open('s', 12, 'suite')]]],
      { 20: 's lineage' },
    ],
    [
      'to every test that is open when there are several',
      [hello, [20, 1, 'connect'], [30, 1, 'mark', [...open('a', 12), ...open('b', 13)]]],
      { 20: 'a|b ambiguous' },
    ],
    [
      'to the context that the thread named',
      [
        hello,
        [19, 1, 'mark', [...open('a', 12), ...open('b', 13), { kind: 'context', scope: 'a' }]],
        [20, 1, 'connect'],
        [21, 1, 'mark', [{ kind: 'context', scope: null }]],
      ],
      { 20: 'a context' },
    ],
    [
      'late when its test has ended',
      [
        hello,
        [19, 1, 'mark', [...open('a', 12), ...close('a', 14), ...open('b', 15), { kind: 'context', scope: 'a' }]],
        [20, 1, 'connect'],
      ],
      { 20: 'a context late' },
    ],
    [
      'not by a context that is over',
      [
        hello,
        [15, 1, 'mark', [...open('a', 12), { kind: 'context', scope: 'a' }]],
        [16, 1, 'mark', [{ kind: 'context', scope: null }]],
        [30, 1, 'connect'],
        [40, 1, 'mark', [...close('a', 20), ...open('b', 21)]],
      ],
      { 30: 'b lineage' },
    ],
    [
      'to the test that forked its process',
      [hello, [20, 1, 'fork', 2], [25, 2, 'connect'], [30, 1, 'mark', open('a', 15)]],
      { 25: 'a lineage' },
    ],
    [
      'to the test that forked, through exec and grandchildren, also when it has ended',
      [
        hello,
        [20, 1, 'fork', 2],
        [21, 2, 'exec'],
        [22, 2, 'fork', 3],
        [23, 2, 'exit'],
        [50, 3, 'connect'],
        [60, 1, 'mark', [...open('a', 15), ...close('a', 30), ...open('b', 31)]],
      ],
      { 50: 'a lineage detached' },
    ],
    [
      'to the test that made its thread',
      [hello, [20, 1, 'thread', 2], [25, 2, 'connect'], [30, 1, 'mark', open('a', 15)]],
      { 25: 'a lineage' },
    ],
    [
      'to nobody for sure on a thread older than the tests',
      [[5, 1, 'thread', 2], hello, [25, 2, 'connect'], [30, 1, 'mark', open('a', 15)]],
      { 25: 'a ambiguous' },
    ],
    [
      'on such a thread to the open tests of all runners of its process, and of no other',
      [
        [1, 1, 'thread', 2],
        [2, 1, 'thread', 3],
        [3, 1, 'thread', 4],
        [4, 1, 'fork', 9],
        [10, 3, 'mark', [{ kind: 'hello', worker: 'w3' }]],
        [11, 4, 'mark', [{ kind: 'hello', worker: 'w4' }]],
        [12, 9, 'mark', [{ kind: 'hello', worker: 'w9' }]],
        [25, 2, 'connect'],
        [30, 3, 'mark', open('a', 15)],
        [31, 4, 'mark', open('b', 15)],
        [32, 9, 'mark', open('c', 15)],
      ],
      { 25: 'a|b ambiguous' },
    ],
    [
      'afresh when a thread id is used again',
      [
        hello,
        [20, 1, 'fork', 2],
        [21, 2, 'exit'],
        [40, 1, 'fork', 2],
        [41, 2, 'connect'],
        [50, 1, 'mark', [...open('a', 15), ...close('a', 30), ...open('b', 31)]],
      ],
      { 41: 'b lineage' },
    ],
    [
      'to the last scope known when the thread died with its stamps',
      [hello, [15, 1, 'mark', open('f', 12, 'file')], [20, 1, 'connect'], [21, 1, 'exit']],
      { 20: 'f lineage' },
    ],
  ])('%s', (_, steps, expected) => {
    expect(run(steps).owners).toEqual(expected);
  });

  it('only once its thread has sent its stamps', () => {
    const steps: readonly Step[] = [hello, [20, 1, 'connect']];
    expect(run(steps, false).owners).toEqual({});
    expect(run([...steps, [30, 1, 'mark', open('a', 15)]], false).owners).toEqual({ 20: 'a lineage' });
  });
});

describe('a marker of another run', () => {
  it('is reported and changes nothing', () => {
    const { owners, forged } = run([
      hello,
      [15, 1, 'mark', open('x', 12), nonce.replace('0', 'f')],
      [20, 1, 'connect'],
      [30, 1, 'mark', open('a', 15)],
    ]);
    expect(owners).toEqual({ 20: 'a lineage' });
    expect(forged).toEqual([expect.stringContaining('another run')]);
  });
});

describe('the process tree', () => {
  it('ends the other threads of a process at its exec', () => {
    expect(
      run([
        [1, 1, 'thread', 2],
        [2, 1, 'exec'],
        [3, 1, 'exit'],
      ]).living,
    ).toEqual([]);
  });

  it('keeps what has not ended', () => {
    expect(
      run([
        [1, 1, 'fork', 2],
        [3, 1, 'exit'],
      ]).living,
    ).toEqual([2]);
  });
});

describe('a question beside the trace', () => {
  const attribution = (asked: string[], charged: (number | null)[]): Attribution =>
    new Attribution(nonce, {
      onCharged: ({ event }) => void charged.push(event.port),
      onSync: ({ n, scope: of }) => void asked.push(`${n} ${of}, charged: ${charged.join(' ')}`),
      onOrigin: () => {},
      onUsed: () => {},
      onForged: () => {},
      onNotice: () => {},
    });
  const trace = eventsOf([
    [1, 1, 'mark', [{ kind: 'hello', worker: 'w' }]],
    [3, 1, 'mark', open('a', 2)],
    [5, 1, 'connect'],
  ]);

  it('says that the thread owes no stamps, so that what it made before is charged first', () => {
    const [asked, charged] = [[] as string[], [] as (number | null)[]];
    const attributed = attribution(asked, charged);
    for (const event of trace) attributed.apply(event);
    expect(charged).toEqual([]);
    attributed.asked({ nonce, worker: 'w', n: 1, scope: 'a', at: 6 });
    expect(asked).toEqual(['1 a, charged: 5']);
  });

  it('is no question when no thread of the trace has that name', () => {
    const [asked, charged] = [[] as string[], [] as (number | null)[]];
    const attributed = attribution(asked, charged);
    for (const event of trace) attributed.apply(event);
    attributed.asked({ nonce, worker: 'v', n: 1, scope: 'a', at: 6 });
    expect([asked, charged]).toEqual([[], []]);
  });
});
