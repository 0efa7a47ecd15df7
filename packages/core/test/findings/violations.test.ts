import { expect, test } from 'vitest';
import { groupViolations } from '../../src/findings/violations.js';
import { judgedEvent, testScope } from '../judged-event.js';

const group = (...events: ReturnType<typeof judgedEvent>[]) => groupViolations(events, () => null);

test('no events are no violations, and neither are allowed ones and probes', () => {
  expect(group()).toEqual([]);
  expect(group(judgedEvent({ status: 'allowed', rule: 'x' }), judgedEvent({ status: 'probe' }))).toEqual([]);
});

test('events to one destination are one violation: counted, with each process once, and the earliest time', () => {
  const [violation, ...others] = group(
    judgedEvent({ pid: 3, ts: 3_000_000 }),
    judgedEvent({ pid: 20, ts: 1_500_000 }),
    judgedEvent({ pid: 20, ts: 2_000_000 }),
  );
  expect(others).toEqual([]);
  expect(violation).toMatchObject({ family: 'AF_INET', addr: '93.184.216.34', port: 443, count: 3, pids: [3, 20], firstTimestamp: 1.5 });
});

test.each([
  ['family', ['AF_INET6', '93.184.216.34', 443]],
  ['address', ['AF_INET', '93.184.216.35', 443]],
  ['port', ['AF_INET', '93.184.216.34', 80]],
  ['no port', ['AF_INET', '93.184.216.34', null]],
] as const)('another %s is another violation', (_what, to) => {
  expect(group(judgedEvent({}), judgedEvent({ to }))).toHaveLength(2);
});

test('violations are in the order first seen, whatever the order of the events', () => {
  const at = (ts: number, seq: number, port: number) => judgedEvent({ ts, seq, to: ['AF_INET', '10.0.0.1', port] });
  expect(group(at(5, 1, 3), at(2, 9, 2), at(2, 8, 1), at(1, 2, 3)).map(({ port }) => port)).toEqual([3, 1, 2]);
});

test('an address that could not be read is of an unknown family', () => {
  expect(group(judgedEvent({ to: [null, null, null] }))).toMatchObject([{ family: 'AF_UNKNOWN', addr: null, port: null }]);
});

test('an id is the sha256 of the destination, and so the same in every run', () => {
  // printf '%s' 'AF_INET|93.184.216.34|443' | sha256sum
  const ids = [judgedEvent({}), judgedEvent({ pid: 9, ts: 77 })].map((event) => group(event)[0]?.id);
  expect(ids).toEqual(['v-cb100e43', 'v-cb100e43']);
});

test('each owner is listed once, with its count and its processes', () => {
  const scope = testScope('a.test.ts', 'one');
  const owner = { method: 'lineage', scope } as const;
  const [violation] = group(
    judgedEvent({ owner, pid: 1, argv: ['sh'], ts: 1 }),
    judgedEvent({ owner, pid: 1, argv: ['curl'], ts: 2 }),
    judgedEvent({ owner, pid: 1, argv: ['curl'], ts: 3 }),
    judgedEvent({ owner: { ...owner, timing: 'late' }, pid: 1, ts: 4 }),
    judgedEvent({ owner: { ...owner, method: 'context' }, pid: 1, ts: 5 }),
    judgedEvent({ owner: { method: 'lineage', scope: testScope('b.test.ts', 'one') }, pid: 1, ts: 6 }),
    judgedEvent({ pid: 1, ts: 7 }),
  );
  expect(violation?.scopes.map(({ count }) => count)).toEqual([3, 1, 1, 1, 1]);
  expect(violation?.scopes[0]).toEqual({
    ...owner,
    candidates: [],
    origins: [],
    timing: null,
    count: 3,
    processes: [
      { pid: 1, argv: ['sh'] },
      { pid: 1, argv: ['curl'] },
    ],
  });
});

test('the same candidates in another order are the same owner', () => {
  const [one, two, three] = ['1', '2', '3'].map((name) => testScope('a.test.ts', name)) as [
    ReturnType<typeof testScope>,
    ReturnType<typeof testScope>,
    ReturnType<typeof testScope>,
  ];
  const ambiguous = (...candidates: (typeof one)[]) => judgedEvent({ owner: { method: 'ambiguous', candidates } });
  expect(group(ambiguous(one, two), ambiguous(two, one), ambiguous(one, three))[0]?.scopes.map(({ count }) => count)).toEqual([2, 1]);
});

test('the suggestion is asked for once a destination', () => {
  const asked: unknown[] = [];
  const [violation] = groupViolations([judgedEvent({}), judgedEvent({})], (destination) => {
    asked.push(destination);
    return '- rule';
  });
  expect(asked).toEqual([{ family: 'AF_INET', addr: '93.184.216.34', port: 443 }]);
  expect(violation?.suggestedRule).toBe('- rule');
});

test('destinations that the same calls asked for by one name are attempts of each other', () => {
  const first = { call: 'w:1', host: 'a.test' };
  const six = ['AF_INET6', '2001:db8::1', 443] as const;
  const [one, two] = group(judgedEvent({ to: six, origin: first }), judgedEvent({ origin: first }));
  expect(one?.attempts).toEqual([one?.id, two?.id]);
  expect(two).toMatchObject({ attempts: one?.attempts, host: 'a.test', scopes: [{ origins: [first] }] });
});

test.each([
  ['another call', { call: 'w:2', host: 'a.test' }],
  ['another name', { call: 'w:1', host: 'b.test' }],
  ['no name', { call: 'w:1', host: null }],
  ['no known call', undefined],
] as const)('%s is no attempt of the same', (_, origin) => {
  const six = ['AF_INET6', '2001:db8::1', 443] as const;
  const violations = group(judgedEvent({ to: six, origin: { call: 'w:1', host: 'a.test' } }), judgedEvent({ ...(origin && { origin }) }));
  expect(violations.map(({ attempts }) => attempts)).toEqual([[], []]);
});

test('a call is one origin of a violation, however often it connected; a host is named where all asked for it', () => {
  const [violation] = group(judgedEvent({ origin: { host: 'a.test' } }), judgedEvent({ origin: { host: 'a.test' } }));
  expect(violation).toMatchObject({ host: 'a.test', scopes: [{ count: 2, origins: [{ call: 'w:1' }] }] });
  expect(group(judgedEvent({ origin: { host: 'a.test' } }), judgedEvent({}))[0]?.host).toBeNull();
});
