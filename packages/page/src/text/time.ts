/** µs as people read it, with three digits: `840 µs`, `1.20 ms`, `3.05 s`, `4 min 5 s`. */
export const spanText = (micros: number): string => {
  if (micros < 1000) return `${Math.round(micros)} µs`;
  if (micros < 1_000_000) return `${digits(micros / 1000)} ms`;
  if (micros < 100_000_000) return `${digits(micros / 1_000_000)} s`;
  const seconds = Math.round(micros / 1_000_000);
  return `${Math.floor(seconds / 60)} min ${seconds % 60} s`;
};

/** Seconds since the start of the run, to the millisecond: `+12.345`. */
export const sinceText = (at: number, start: number): string => `+${((at - start) / 1_000_000).toFixed(3)}`;

/** µs since the epoch in ISO 8601 (UTC); times of day, as some logs have, are no dates. */
export const dateText = (at: number): string =>
  at > 1e15 && at < 8e15
    ? new Date(at / 1000)
        .toISOString()
        .replace('T', ' ')
        .replace(/\.\d+Z$/, ' UTC')
    : `${at} µs`;

/** `1 event`, `10,000 events`. */
export const counted = (count: number, one: string, many = `${one}s`): string => `${numberText(count)} ${count === 1 ? one : many}`;

export const numberText = (count: number): string => String(count).replace(/\B(?=(?:\d{3})+$)/g, ',');

const digits = (value: number): string => (value >= 100 ? value.toFixed(0) : value >= 10 ? value.toFixed(1) : value.toFixed(2));
