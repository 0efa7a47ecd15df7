import { afterEach, beforeEach, expect, test, vi } from 'vitest';

/** By how much the wall clock was set, in ms: what a machine that slept, or whose clock was stepped, shows to a process. */
let set = 0;
const real = Date.now;
beforeEach(() => {
  set = 0;
  Date.now = () => real() + set;
  vi.resetModules();
});
afterEach(() => {
  Date.now = real;
});

test.each([
  ['ahead, as after a suspend', 3_600_000],
  ['back', -3_600_000],
])('stamps follow a clock that is set %s, at once', async (_, step) => {
  const { now } = await import('../../src/integration/worker/clock.js');
  expect(Math.abs(now() - real() * 1000)).toBeLessThan(100_000);
  set = step;
  expect(Math.abs(now() - (real() + step) * 1000)).toBeLessThan(100_000);
});

test.each([3_600_000, -3_600_000])('a wait is as long as without it (%i ms)', async (step) => {
  const { monotonic } = await import('../../src/integration/worker/clock.js');
  const before = monotonic();
  set = step;
  expect(Math.abs(monotonic() - before)).toBeLessThan(10_000);
});
