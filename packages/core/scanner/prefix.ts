import { digitsAt, numberAt, point, skipSpaces, space } from './characters';
import { mostThreads } from './threads';

/** The thread of the line whose beginning was read last, */
export let tid: i32 = 0;
/** where its time begins, and how many digits that has before and after its point. */
let time: usize = 0;
let seconds: i32 = 0;
let fraction: i32 = 0;

/** Reads `TID [SECONDS[.FRACTION]] ` from `from` on, and returns where it ends; 0 when it has another form, which says nothing of the line. */
export function readPrefix(from: usize): usize {
  const width = digitsAt(from);
  if (width === 0 || width > 8 || load<u8>(from + width) !== space) return 0;
  tid = i32(numberAt(from, width));
  if (tid > mostThreads) return 0;
  time = from + width + 1;
  // The column of pids has five places (strace -o); what is further to the right is something else.
  for (let padding = 5 - width; padding > 0 && load<u8>(time) === space; padding -= 1) time += 1;
  return readTime(time);
}

function readTime(from: usize): usize {
  seconds = digitsAt(from);
  fraction = 0;
  if (seconds === 0) return from;
  if (seconds > 12) return 0;
  let at = from + seconds;
  if (load<u8>(at) === point) {
    fraction = digitsAt(at + 1);
    if (fraction === 0 || fraction > 9) return 0;
    at += 1 + fraction;
  }
  return load<u8>(at) === space ? skipSpaces(at) : 0;
}

/** Whether that line has the time of -ttt, or none: its µs are then an exact number, and a part of a million the number that is printed. */
export function hasMicros(): bool {
  return (fraction === 6 || fraction === 0) && (seconds < 10 || numberAt(time, seconds) < 9000000000);
}

/** That time in µs, 0 where there is none. */
export function micros(): f64 {
  return f64(numberAt(time, seconds) * 1000000 + numberAt(time + seconds + 1, fraction));
}
