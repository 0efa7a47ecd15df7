import { afterEach, expect, test, vi } from 'vitest';

vi.mock('node:fs', () => ({ default: {}, readFileSync: () => '' }));
afterEach(() => {
  vi.useRealTimers();
});
test('connects under fake timers', async () => {
  vi.useFakeTimers();
  const { connect } = await vi.importActual<typeof import('./connect.js')>('./connect.js');
  await connect(4095);
  expect(vi.isFakeTimers()).toBe(true);
});
test('is innocent', () => {});
