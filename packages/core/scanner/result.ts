import { greater, isDigit, less, numberAt, point, space } from './characters';
import { longestResult } from './known-texts';
import * as record from './record';

/** The text of the result that was read last, without the time that its call took. */
export let resultText: usize = 0;
export let resultEnd: usize = 0;

/** Reads a result from `from` to the end of its line, and the time, ` <0.000012>`, into the record: −1 where there is none. False for other forms. */
export function readResult(from: usize): bool {
  const end = endOfLine(from);
  const timeBegin = load<u8>(end - 1) === greater ? beginOfTime(from, end) : end;
  store<i32>(record.record + record.next, i32(end + 1));
  resultText = from;
  resultEnd = timeBegin;
  if (timeBegin === end) store<i32>(record.record + record.took, -1);
  return timeBegin > from && timeBegin - from <= longestResult;
}

/** Of times up to 999 s in µs, as strace prints them unless it is told otherwise; 0 when the end is something else. */
function beginOfTime(from: usize, end: usize): usize {
  const dot = end - 8;
  if (end - from < 12 || load<u8>(dot) !== point) return 0;
  for (let at = dot + 1; at < end - 1; at += 1) if (!isDigit(load<u8>(at))) return 0;
  let begin = dot;
  while (isDigit(load<u8>(begin - 1)) && begin > from) begin -= 1;
  const width = i32(dot - begin);
  if (width === 0 || width > 3 || load<u8>(begin - 1) !== less || load<u8>(begin - 2) !== space) return 0;
  store<i32>(record.record + record.took, i32(numberAt(begin, width)) * 1000000 + i32(numberAt(dot + 1, 6)));
  return begin - 2;
}

function endOfLine(from: usize): usize {
  let at = from;
  while (true) {
    const found = i8x16.bitmask(i8x16.eq(v128.load(at), i8x16.splat(0x0a)));
    if (found !== 0) return at + ctz(found);
    at += 16;
  }
}
