/** µs since the epoch by this thread's clock. Taken before user code can fake timers. */
export const now = (): number => Math.round((origin + read()) * 1000);

const origin = performance.timeOrigin;
const read = performance.now.bind(performance);
