/**
 * µs since the epoch by this thread's clock. Taken before user code can fake timers. When the wall clock was set, or the machine slept, it
 * follows: system calls are stamped by the wall clock.
 */
export const now = (): number => {
  const before = origin + read();
  const seen = wall();
  const after = origin + read();
  if (seen < before - tolerance || seen > after + tolerance) origin = bestOrigin();
  return Math.round((origin + read()) * 1000);
};

/** ms of a clock that only goes on, for time limits. */
export const monotonic = (): number => read();

const read = performance.now.bind(performance);
const wall = Date.now.bind(Date);

type Estimate = { readonly origin: number; readonly error: number };

/**
 * When `read` was 0, in ms since the epoch, and by how much that may be wrong: seen where the wall clock ticks. performance.timeOrigin does not
 * do: it is late by as long as the process was stopped between the two readings it is made from, 0.7 ms seen on a busy machine, and stamps
 * must order against system calls.
 */
const originAtTick = (): Estimate => {
  let before = read();
  const first = wall();
  for (;;) {
    const between = read();
    const tick = wall();
    // The tick came after the reading before the last look at the wall clock. Two at once: one was missed.
    if (tick > first) return { origin: tick - read(), error: tick === first + 1 ? read() - before : Number.POSITIVE_INFINITY };
    before = between;
  }
};

/** The first estimate that is exact enough, else the best of some; takes 1 ms, on a busy machine a few. */
const bestOrigin = (): number => {
  let best: Estimate = { origin: performance.timeOrigin, error: Number.POSITIVE_INFINITY };
  for (let tries = 0; tries < 10 && best.error > 0.002; tries += 1) {
    const estimate = originAtTick();
    if (estimate.error < best.error) best = estimate;
  }
  return best.origin;
};

let origin = bestOrigin();
/** ms. NTP steps by no less than 128 ms (ntpd(8)); what is less it slews, both clocks alike. */
const tolerance = 50;
