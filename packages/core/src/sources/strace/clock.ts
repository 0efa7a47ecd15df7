/** A point in time: `ts` in µs (since the epoch with -ttt, else from the first midnight), `timestamp` in seconds as printed. */
export type Moment = { readonly ts: number; readonly timestamp: number };

/** Returns a reader of printed times; times of day are unwrapped so that midnight does not turn them back. */
export const createClock = (): ((time: string | null) => Moment) => {
  let midnight = 0;
  let last = 0;
  return (time) => {
    if (time === null) return { ts: 0, timestamp: 0 };
    const ofDay = time.includes(':');
    const printed = ofDay ? microsOfDay(time) : micros(time);
    if (!ofDay) return { ts: printed, timestamp: Number(time) };
    if (printed + midnight < last - day / 2) midnight += day;
    last = printed + midnight;
    return { ts: last, timestamp: printed / 1e6 };
  };
};

const microsOfDay = (time: string): number => {
  const [hours = '0', minutes = '0', seconds = '0'] = time.split(':');
  return (Number(hours) * 3600 + Number(minutes) * 60) * 1e6 + micros(seconds);
};

/** Exact: the parts are added as integers, digits below the microsecond are dropped. */
const micros = (seconds: string): number => {
  const point = seconds.indexOf('.');
  if (point === -1) return Number(seconds) * 1e6;
  return Number(seconds.slice(0, point)) * 1e6 + Number(seconds.slice(point + 1, point + 7).padEnd(6, '0'));
};

const day = 86_400e6;
