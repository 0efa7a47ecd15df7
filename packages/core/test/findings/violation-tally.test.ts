import { expect, test } from 'vitest';
import { ViolationTally } from '../../src/findings/violation-tally.js';
import { listViolations } from '../../src/findings/violations.js';
import { judgedEvent, testScope } from '../judged-event.js';

const list = (tally: ViolationTally) => listViolations(tally, () => null);
const to = (port: number) => ['AF_INET', '10.0.0.1', port] as const;

test('of destinations without end the first are listed, and the events of the others are counted', () => {
  const tally = new ViolationTally({ destinations: 3, list: 10, room: 1e6 });
  for (let n = 0; n < 100; n += 1) tally.add(judgedEvent({ to: to(n % 10), ts: n, seq: n }));
  expect(list(tally).map(({ port, count, partial }) => [port, count, partial])).toEqual([
    [0, 10, undefined],
    [1, 10, undefined],
    [2, 10, undefined],
  ]);
  expect(tally.unlisted).toBe(70);
});

test('counts stay exact where pids, owners and processes are too many to be listed, and the violation says so', () => {
  const tally = new ViolationTally({ destinations: 3, list: 5, room: 1e6 });
  for (let n = 1; n <= 50; n += 1)
    tally.add(judgedEvent({ pid: n, ts: n, seq: n, owner: { method: 'lineage', scope: testScope('a.test.ts', String(n)) } }));
  const [violation] = list(tally);
  expect(violation).toMatchObject({ count: 50, partial: true });
  expect([violation?.pids.length, violation?.scopes.length]).toEqual([5, 5]);
});

test('all lists together have so much room, and every destination still has an owner and a process', () => {
  const tally = new ViolationTally({ destinations: 100, list: 100, room: 1000 });
  for (let n = 0; n < 60; n += 1) tally.add(judgedEvent({ to: to(n), pid: n + 1, ts: n, seq: n }));
  const violations = list(tally);
  expect(violations).toHaveLength(60);
  expect(violations.every(({ scopes: [scope] }) => scope?.processes.length === 1)).toBe(true);
});

test('attempts are not joined where the calls are too many to be compared', () => {
  const tally = new ViolationTally({ destinations: 3, list: 2, room: 1e6 });
  for (let n = 0; n < 5; n += 1) tally.add(judgedEvent({ seq: n, origin: { call: `w:${n}`, host: 'a.test' } }));
  expect(list(tally)).toMatchObject([{ host: 'a.test', attempts: [], partial: true }]);
});
