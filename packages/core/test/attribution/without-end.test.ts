import { expect, test } from 'vitest';
import { Attribution } from '../../src/attribution/attribution.js';
import type { Event } from '../../src/model/event.js';
import { encodeMarker, type MarkerMessage } from '../../src/model/marker.js';
import type { Scope } from '../../src/model/scope.js';

const nonce = '0123456789abcdef0123456789abcdef';
const test1: Scope = { id: 'one', kind: 'test', file: 'a.test.ts', names: ['one'] };

/** Who each connect, named by its port, was charged to, and what was told beside; times are in µs. */
const follow = () => {
  const owners: Record<number, string | null> = {};
  const told: string[] = [];
  let seq = 0;
  const attribution = new Attribution(nonce, {
    onCharged: ({ event, owner }) => {
      owners[event.port ?? 0] = `${owner.scope?.id ?? null} ${owner.method}`;
    },
    onSync: () => {},
    onOrigin: () => {},
    onUsed: () => {},
    onForged: (reason) => void told.push(reason),
    onSetBack: () => void told.push('set back'),
    onForgotten: (scope) => void told.push(`forgot ${scope}`),
    onNotice: () => {},
  });
  const base = (tid: number, ts: number) => ({ source: 'test', seq: seq++, ts, pid: tid, tid });
  const push = (event: Event): void => attribution.apply(event);
  return {
    owners,
    told,
    finish: () => attribution.finish(),
    living: () => attribution.processes.living().length,
    mark: (tid: number, ts: number, messages: readonly MarkerMessage[], at = ts) => {
      for (const path of encodeMarker(nonce, seq, { at, messages })) push({ ...base(tid, ts), kind: 'marker', path });
    },
    fork: (tid: number, ts: number, child: number) => push({ ...base(tid, ts), kind: 'fork', child, thread: false }),
    exit: (tid: number, ts: number) => push({ ...base(tid, ts), kind: 'exit', code: 0, signal: null }),
    connect: (tid: number, ts: number, port: number) => {
      const aim = { family: 'AF_INET', addr: '203.0.113.1', port, transport: 'tcp' } as const;
      push({ ...base(tid, ts), ...aim, kind: 'connect', timestamp: ts / 1e6, result: 0, rawLine: '' });
    },
  };
};

const begin = (scope: Scope, at: number): MarkerMessage[] => [
  { kind: 'scope', scope },
  { kind: 'stamp', scope: scope.id, open: true, at },
];

test('a process that goes on as its own child, 30,000 times, belongs to the test that started the first', () => {
  const run = follow();
  run.mark(1, 10, [{ kind: 'hello', worker: 'w' }, ...begin(test1, 10)]);
  for (let n = 1; n <= 30_000; n += 1) {
    run.fork(n, 10 + 10 * n, n + 1);
    run.exit(n === 1 ? 0 : n, 15 + 10 * n);
  }
  run.connect(30_001, 400_000, 1);
  run.mark(1, 500_000, [{ kind: 'stamp', scope: 'one', open: false, at: 450_000 }]);
  expect(run.owners).toEqual({ 1: 'one lineage' });
});

test('connections of one test that never tells its stamps are charged by what is known, and none is kept waiting for ever', () => {
  const run = follow();
  run.mark(1, 10, [{ kind: 'hello', worker: 'w' }, ...begin(test1, 10)]);
  for (let n = 1; n <= 50_000; n += 1) run.connect(1, 10 + 10 * n, n);
  expect(Object.keys(run.owners)).toHaveLength(25_000);
  run.finish();
  expect(Object.keys(run.owners)).toHaveLength(50_000);
  expect(new Set(Object.values(run.owners))).toEqual(new Set(['one lineage']));
});

test('of tests without end the oldest are forgotten, the file that is open is not; what one of them begins later is charged to nobody', () => {
  const run = follow();
  const file: Scope = { id: 'file', kind: 'file', file: 'a.test.ts', names: [] };
  run.mark(1, 10, [{ kind: 'hello', worker: 'w' }, ...begin(file, 10)]);
  const count = 121_000;
  const second = 1e6;
  for (let n = 1; n <= count; n += 100) {
    const batch = Array.from({ length: 100 }, (_, k): MarkerMessage[] => {
      const scope: Scope = { ...test1, id: `t${n + k}` };
      return [...begin(scope, (n + k) * second), { kind: 'stamp', scope: scope.id, open: false, at: (n + k) * second + 5 }];
    });
    run.mark(1, (n + 99) * second + 10, batch.flat());
  }
  const now = (count + 1000) * second;
  run.mark(1, now, [{ kind: 'context', scope: 't1' }]);
  run.connect(1, now + 1, 1);
  run.mark(1, now + 2, [{ kind: 'context', scope: `t${count}` }]);
  run.connect(1, now + 3, 2);
  run.mark(1, now + 4, [{ kind: 'context', scope: null }]);
  run.connect(1, now + 5, 3);
  run.finish();
  expect(run.owners).toEqual({ 1: 'run none', 2: `t${count} context`, 3: 'file lineage' });
  expect(run.told).toContain('forgot t1');
  expect(run.told).not.toContain('forgot file');
});

test('a test thread that is gone leaves what is known of its tests', () => {
  const run = follow();
  run.fork(1, 5, 2);
  run.mark(2, 10, [{ kind: 'hello', worker: 'w' }, ...begin(test1, 10)]);
  run.fork(2, 20, 3);
  run.mark(2, 40, [{ kind: 'stamp', scope: 'one', open: false, at: 35 }]);
  run.exit(2, 50);
  for (let n = 0; n < 10; n += 1) run.connect(1, 60e6 + n, 1);
  run.connect(3, 90e6, 2);
  run.finish();
  expect(run.owners).toEqual({ 1: 'run lineage', 2: 'one lineage' });
});

test('a clock that is set ahead is followed by the stamps, one that is set back is told', () => {
  const hour = 3_600e6;
  const ahead = follow();
  ahead.mark(1, 10, [{ kind: 'hello', worker: 'w' }, ...begin(test1, 10)]);
  ahead.connect(1, hour + 20, 1);
  ahead.mark(1, hour + 40, [{ kind: 'stamp', scope: 'one', open: false, at: hour + 30 }]);
  expect([ahead.owners, ahead.told]).toEqual([{ 1: 'one lineage' }, []]);
  const back = follow();
  back.mark(1, 2 * hour, [{ kind: 'hello', worker: 'w' }, ...begin(test1, 2 * hour)]);
  back.mark(1, hour, [{ kind: 'stamp', scope: 'one', open: false, at: hour }]);
  expect(back.told).toEqual(['set back']);
});
