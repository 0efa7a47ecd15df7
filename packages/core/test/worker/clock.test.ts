import { expect, test } from 'vitest';
import { now } from '../../src/integration/worker/clock.js';

test('the clock of stamps is that of system calls', () => {
  let earliest = Number.POSITIVE_INFINITY;
  let latest = Number.NEGATIVE_INFINITY;
  for (let round = 0; round < 20_000; round += 1) {
    const before = now();
    const wall = Date.now() * 1000;
    latest = Math.max(latest, before - wall);
    earliest = Math.min(earliest, now() - wall);
  }
  expect(earliest).toBeGreaterThan(-20);
  expect(latest).toBeLessThan(1020);
});
