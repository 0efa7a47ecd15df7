import { describe, expect, it, test } from 'vitest';
import { Attribution } from '../../src/attribution/attribution.js';
import { mayAsk } from '../../src/attribution/lookups.js';
import type { Event } from '../../src/model/event.js';
import { encodeMarker, type MarkerMessage } from '../../src/model/marker.js';

const nonce = '0123456789abcdef0123456789abcdef';

/** Tests a and b are open from 12 on thread 1, the first of its process; thread 2 is older than them: one of libuv's pool. */
const setting = (runner = 1): Event[] => [
  { ...base(4, 1), kind: 'fork', child: 2, thread: true },
  { ...base(5, 1), kind: 'fork', child: 3, thread: true },
  { ...base(6, 1), kind: 'fork', child: 4, thread: true },
  ...mark(10, runner, [{ kind: 'hello', worker: 'w' }]),
  ...mark(
    13,
    runner,
    ['a', 'b'].flatMap((id): MarkerMessage[] => [
      { kind: 'scope', scope: { id, kind: 'test', file: 'a.test.ts', names: [id] } },
      { kind: 'stamp', scope: id, open: true, at: 12 },
    ]),
  ),
];

const base = (ts: number, tid: number) => ({ source: 'test', seq: ts, ts, pid: 1, tid });

const mark = (ts: number, tid: number, messages: readonly MarkerMessage[]): Event[] =>
  encodeMarker(nonce, ts, { at: ts, messages }).map((path) => ({ ...base(ts, tid), kind: 'marker', path }));

const aims = {
  server: { family: 'AF_INET', addr: '192.0.2.53', port: 53, transport: 'udp' },
  overTcp: { family: 'AF_INET', addr: '192.0.2.53', port: 53, transport: 'tcp' },
  nscd: { family: 'AF_UNIX', addr: '/var/run/nscd/socket', port: null, transport: null },
  probe: { family: 'AF_INET', addr: '203.0.113.1', port: 0, transport: 'udp' },
  dissolve: { family: 'AF_UNSPEC', addr: null, port: null, transport: 'udp' },
  other: { family: 'AF_INET', addr: '203.0.113.1', port: 5432, transport: 'tcp' },
} as const;

const connect = (ts: number, aim: keyof typeof aims, result = 0, tid = 2): Event => ({
  ...base(ts, tid),
  kind: 'connect',
  ...aims[aim],
  timestamp: ts,
  result,
  rawLine: '',
});

const ask = (ts: number, name: string, tid = 2): Event => ({
  ...base(ts, tid),
  kind: 'dns',
  question: { name, type: 'A' },
  exchange: 'udp 192.0.2.53 1',
  server: aims.server,
});

const lookup = (n: number, scope: string | null, name: string, at: number): MarkerMessage => ({ kind: 'lookup', n, name, scope, at });
const lookedUp = (n: number, at: number): MarkerMessage => ({ kind: 'lookedUp', n, at });

/** Who each connect (named by its time) was charged to, in the order in which that was known. */
const owners = (events: readonly Event[], { finish = true, runner = 1 } = {}): Record<number, string> => {
  const charged: Record<number, string> = {};
  const attribution = new Attribution(nonce, {
    onCharged: ({ event, owner }) => {
      const who = owner.scope?.id ?? owner.candidates.map(({ id }) => id).join('|');
      charged[event.ts] = [who, owner.method, owner.timing].filter((part) => part !== null).join(' ');
    },
    onSync: () => {},
    onOrigin: () => {},
    onNotice: () => {},
    onUsed: () => {},
    onForged: (reason) => expect.unreachable(reason),
  });
  for (const event of [...setting(runner), ...events]) attribution.apply(event);
  if (finish) attribution.finish();
  return charged;
};

describe('what asks for a name on a thread of the pool', () => {
  it.each<[string, readonly Event[], Record<number, string>]>([
    [
      'belongs to the test that looked it up',
      [connect(20, 'server'), ask(21, 'x.test'), ...mark(30, 1, [lookup(1, 'a', 'x.test', 15), lookedUp(1, 25)])],
      { 20: 'a context' },
    ],
    [
      'is told apart from other names that are looked up at the same time',
      [
        connect(20, 'server'),
        connect(20.5, 'server', 0, 3),
        ask(21, 'y.test', 3),
        ask(22, 'x.test'),
        ...mark(30, 1, [lookup(1, 'a', 'x.test', 15), lookup(2, 'b', 'y.test', 16), lookedUp(2, 25), lookedUp(1, 26)]),
      ],
      { 20: 'a context', 20.5: 'b context' },
    ],
    [
      'belongs to it from the first connect to the last probe',
      [
        connect(20, 'nscd', -2),
        connect(21, 'server', -101),
        connect(22, 'server'),
        ask(23, 'x.test'),
        connect(24, 'overTcp'),
        connect(25, 'probe'),
        connect(26, 'dissolve'),
        ...mark(30, 1, [lookup(1, 'a', 'x.test', 15), lookedUp(1, 28)]),
      ],
      Object.fromEntries([20, 21, 22, 24, 25, 26].map((ts) => [ts, 'a context'])),
    ],
    [
      'belongs to all tests that looked the same name up, and to no other',
      [
        ...mark(14, 1, [{ kind: 'scope', scope: { id: 'c', kind: 'test', file: null, names: [] } }, stamp('c', true, 14)]),
        connect(20, 'server'),
        ask(21, 'x.test'),
        ...mark(30, 1, [lookup(1, 'a', 'x.test', 15), lookup(2, 'b', 'X.test.', 16), lookup(3, 'c', 'y.test', 17)]),
      ],
      { 20: 'a|b ambiguous' },
    ],
    [
      'belongs to a test that asked twice',
      [connect(20, 'server'), ask(21, 'x.test'), ...mark(30, 1, [lookup(1, 'a', 'x.test', 15), lookup(2, 'a', 'x.test', 16)])],
      { 20: 'a context' },
    ],
    [
      'is late when its test has ended',
      [connect(20, 'server'), ask(21, 'x.test'), ...mark(30, 1, [lookup(1, 'a', 'x.test', 15), stamp('a', false, 18), lookedUp(1, 25)])],
      { 20: 'a context late' },
    ],
    [
      'has every open test as a candidate when nobody looked the name up',
      [connect(20, 'server'), ask(21, 'x.test'), ...mark(30, 1, [lookup(1, 'a', 'y.test', 15)])],
      { 20: 'a|b ambiguous' },
    ],
    [
      'has every open test as a candidate when one that looked it up is not known',
      [connect(20, 'server'), ask(21, 'x.test'), ...mark(30, 1, [lookup(1, 'a', 'x.test', 15), lookup(2, null, 'x.test', 15)])],
      { 20: 'a|b ambiguous' },
    ],
    [
      'has nothing to do with a look-up that ended before, or began after',
      [
        connect(20, 'server'),
        ask(21, 'x.test'),
        ...mark(30, 1, [lookup(1, 'a', 'x.test', 14), lookedUp(1, 19), lookup(2, 'b', 'x.test', 15), lookup(3, 'a', 'x.test', 22)]),
      ],
      { 20: 'b context' },
    ],
    [
      'is not charged by the question of the look-up before it',
      [
        connect(20, 'server'),
        ask(21, 'x.test'),
        connect(24, 'probe'),
        ...mark(30, 1, [lookup(1, 'a', 'x.test', 15), lookedUp(1, 22), lookup(2, 'b', 'hosts.test', 16), lookup(3, 'a', 'x.test', 23)]),
      ],
      { 20: 'a context', 24: 'a|b ambiguous' },
    ],
    [
      'may be of any look-up when its connect failed',
      [
        connect(20, 'server', -101),
        connect(22, 'server'),
        ask(23, 'x.test'),
        ...mark(30, 1, [lookup(1, 'a', 'x.test', 15), lookup(2, 'b', 'y.test', 16)]),
      ],
      { 20: 'a|b ambiguous', 22: 'a context' },
    ],
    [
      'is not sought for a connection that is no part of it',
      [ask(19, 'x.test'), connect(20, 'other'), ask(21, 'x.test'), ...mark(30, 1, [lookup(1, 'a', 'x.test', 15)])],
      { 20: 'a|b ambiguous' },
    ],
    ['has candidates when it never asks', [connect(20, 'server'), ...mark(30, 1, [lookup(1, 'a', 'x.test', 15)])], { 20: 'a|b ambiguous' }],
  ])('%s', (_, events, expected) => {
    expect(owners(events)).toEqual(expected);
  });
});

const stamp = (scope: string, open: boolean, at: number): MarkerMessage => ({ kind: 'stamp', scope, open, at });

describe('it is known', () => {
  const asked = [connect(20, 'server'), ask(21, 'x.test')];

  test('when the thread has sent its look-ups, before it is answered', () => {
    expect(owners(asked, { finish: false })).toEqual({});
    expect(owners([...asked, ...mark(30, 1, [lookup(1, 'a', 'x.test', 15)])], { finish: false })).toEqual({ 20: 'a context' });
  });

  test('when the question comes, as long as a look-up goes on', () => {
    const begun = [connect(20, 'server'), ...mark(22, 1, [lookup(1, 'a', 'x.test', 15)])];
    expect(owners(begun, { finish: false })).toEqual({});
    expect(owners([...begun, ask(23, 'x.test'), ...mark(30, 1, [lookedUp(1, 25)])], { finish: false })).toEqual({ 20: 'a context' });
  });

  test('to have candidates, when every look-up has ended without it, or its thread has', () => {
    const begun = [connect(20, 'nscd'), ...mark(22, 1, [lookup(1, 'a', 'x.test', 15)])];
    const candidates = { 20: 'a|b ambiguous' };
    expect(owners([...begun, ...mark(30, 1, [lookedUp(1, 25)])], { finish: false })).toEqual(candidates);
    const exit: Event = { ...base(24, 2), kind: 'exit', code: 0, signal: null };
    expect(owners([...begun, exit, ...mark(30, 1, [])], { finish: false })).toEqual(candidates);
  });

  test('without the stamps of other threads that share the pool, as each tells its look-ups at once', () => {
    const events = [...mark(11, 4, [{ kind: 'hello', worker: 'w4' }]), ...mark(16, 3, [lookup(1, 'a', 'x.test', 15)]), ...asked];
    expect(owners([...events, ...mark(30, 3, [])], { finish: false, runner: 3 })).toEqual({ 20: 'a context' });
    expect(owners([...events, connect(25, 'other'), ...mark(30, 3, [])], { finish: false, runner: 3 })).toEqual({ 20: 'a context' });
  });
});

test.each([
  ['example.test', 'example.test', true],
  ['EXAMPLE.test.', 'Example.TEST', true],
  ['db', 'db.example.test', true],
  ['db.', 'db.example.test', false],
  ['db', 'dbx.example.test', false],
  ['db.example.test', 'db', false],
  ['example.test', 'api.example.test', false],
])('a look-up of %s may ask for %s: %s', (name, question, expected) => {
  expect(mayAsk(name, question)).toBe(expected);
});
