import { createClock, type Moment } from '../clock.js';
import { readLine } from '../line.js';
import { createLineSplitter, type TextLine } from '../lines.js';
import type { CutLine } from '../reader.js';
import { readUtf8 } from '../text.js';
import type { ThreadFile } from './thread-files.js';

/** The lines of one thread's file in pieces; `since` is added to their times, in µs. A line without a time has that of the one before. */
export async function* readThreadLines(file: ThreadFile, bytes: AsyncIterable<Uint8Array>, since: number): AsyncGenerator<CutLine[], void> {
  const splitter = createLineSplitter();
  const clock = createThreadClock(since);
  const read = ({ text, number, cut }: TextLine): CutLine => {
    const line = readLine(text, number, clock, readUtf8(text));
    return { line: { ...line, tid: file.tid, file: file.name }, cut };
  };
  for await (const chunk of bytes) yield splitter.push(chunk).map(read);
  yield splitter.end().map(read);
}

/** The first time that the file has, as its thread's clock shows it; `null` when it has none, or none near its beginning. */
export const firstTime = (head: Uint8Array): number | null => timesOf(head)[0] ?? null;

/** The last time of bytes that may begin in the middle of a line. */
export const lastTime = (tail: Uint8Array): number | null => timesOf(tail.subarray(tail.indexOf(lineFeed) + 1)).at(-1) ?? null;

/** Whether the bytes hold times of day, which begin again at midnight. */
export const isOfDay = (head: Uint8Array): boolean => {
  let found = false;
  const note = (time: string | null): Moment => {
    found ||= time?.includes(':') ?? false;
    return { ts: 0, timestamp: 0 };
  };
  for (const { text, number } of linesOf(head)) readLine(text, number, note);
  return found;
};

const timesOf = (bytes: Uint8Array): number[] => {
  const times: number[] = [];
  const note = (time: string | null): Moment => {
    const moment = createClock()(time);
    if (time !== null) times.push(moment.ts);
    return moment;
  };
  for (const { text, number } of linesOf(bytes)) readLine(text, number, note);
  return times;
};

const linesOf = (bytes: Uint8Array): TextLine[] => {
  const splitter = createLineSplitter();
  return [...splitter.push(bytes), ...splitter.end()];
};

const createThreadClock = (since: number): ((time: string | null) => Moment) => {
  const clock = createClock();
  let last: Moment = { ts: since, timestamp: 0 };
  return (time) => {
    if (time === null) return last;
    const { ts, timestamp } = clock(time);
    last = { ts: ts + since, timestamp };
    return last;
  };
};

const lineFeed = 0x0a;
