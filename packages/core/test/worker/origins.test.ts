import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, expect, test } from 'vitest';
import { now } from '../../src/integration/worker/clock.js';
import { type Entry, Origins } from '../../src/integration/worker/origins.js';
import { stackText } from '../../src/integration/worker/stack.js';

const { prepareStackTrace, stackTraceLimit } = Error;
afterEach(() => Object.assign(Error, { prepareStackTrace, stackTraceLimit }));

const setUp = () => {
  const origins = new Origins({ Error });
  /** Connects, and returns what is known of it. */
  const connect = (connects = true) => {
    const at = origins.record(connects, now);
    return () => origins.begunAt(at);
  };
  return { origins, connect };
};

const calls = (entries: readonly Entry[] = []): number[] => entries.map(({ call }) => call);

test('a connection is found by the time of its system call, and by no other', () => {
  const { origins, connect } = setUp();
  const before = now();
  expect(connect()()?.entries).toHaveLength(1);
  expect(origins.begunAt(before - 1000)).toBeNull();
  expect(origins.begunAt(now() + 1000)).toBeNull();
});

test('it belongs to the call of the entry point, also when that connects later', async () => {
  const { origins, connect } = setUp();
  const [now1, later1] = await origins.enter('a.test', async () => [connect(), await sleep(5).then(() => connect())] as const);
  const [now2] = origins.enter('b.test', () => [connect()]);
  expect([now1()?.host, later1()?.host, now2?.()?.host]).toEqual(['a.test', 'a.test', 'b.test']);
  expect(calls(now1()?.entries)).toEqual(calls(later1()?.entries));
  expect(calls(now2?.()?.entries)).not.toEqual(calls(now1()?.entries));
});

test('a process or a look-up has no host', () => {
  const { origins, connect } = setUp();
  expect(origins.enter('a.test', () => connect(false))()?.host).toBeNull();
});

test('calls within a call share its stack; those begun later have their own, and the outer one', async () => {
  const { origins, connect } = setUp();
  const entries = await origins.enter(null, () =>
    origins.enter('a.test', async () => [connect(), await sleep(1).then(() => origins.enter('b.test', () => connect()))] as const),
  );
  const [first, second] = entries.map((known) => known()?.entries ?? []);
  expect(first?.map(({ host, stack }) => [host, stack !== null])).toEqual([
    ['a.test', false],
    [null, true],
  ]);
  expect(second?.map(({ host, stack }) => [host, stack !== null])).toEqual([
    ['b.test', true],
    ['a.test', false],
    [null, true],
  ]);
});

test('a chain of calls and the records of a thread are bounded', async () => {
  const { origins, connect } = setUp();
  let last = connect();
  const again = async (left: number): Promise<void> => {
    last = connect();
    await sleep(0);
    if (left > 0) await origins.enter('a.test', () => again(left - 1));
  };
  await again(20);
  expect(last()?.entries.length).toBeLessThanOrEqual(6);
  const first = connect();
  for (let count = 0; count < 3000; count += 1) connect();
  expect(first()).toBeNull();
});

test('connections that were asked about are let go, processes are not', () => {
  const { origins, connect } = setUp();
  const [connection, process] = [connect(), connect(false)];
  origins.forget(now());
  expect([connection(), process()?.entries.length]).toEqual([null, 1]);
});

test("the user's Error is left as it is, and no stack is formatted before it is read", () => {
  const { connect } = setUp();
  let formatted = 0;
  Error.prepareStackTrace = (_, sites) => {
    formatted += 1;
    return `    at ${sites.length}`;
  };
  Error.stackTraceLimit = 1;
  const known = connect();
  expect([Error.stackTraceLimit, formatted]).toEqual([1, 0]);
  const stack = known()?.entries[0]?.stack;
  expect(stack && stackText(stack)).toMatch(/at [2-9]|at \d\d/);
  delete (Error as { stackTraceLimit?: number }).stackTraceLimit;
  connect();
  expect(Object.hasOwn(Error, 'stackTraceLimit')).toBe(false);
});

test('a stack that user code can not format is an empty one', () => {
  const { connect } = setUp();
  const stack = connect()()?.entries[0]?.stack;
  Error.prepareStackTrace = () => {
    throw new Error('no');
  };
  expect(stack && stackText(stack)).toBe('');
});
