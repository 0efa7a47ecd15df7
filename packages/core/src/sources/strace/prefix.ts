import { pidLimit } from './tid-table.js';

/** What strace prints before the body of a line; `time` is the absolute time as printed, `null` when there is none. */
export type Prefix = { readonly tid: number; readonly time: string | null; readonly body: string };

/** Splits a line into prefix and body: `[pid] [secontext] [abs-time] [rel-time] [nr] [ip] body` (strace(1), -f -t -r -n -i -Y). */
export const splitPrefix = (line: string): Prefix => {
  const pid = matchAt(line.startsWith('[') ? pidBracket : pidColumn, line, 0);
  // A larger first number is a time without fraction.
  const isPid = pid !== null && Number(pid[1]) <= pidLimit;
  let at = isPid ? pid[0].length : 0;
  const padding = isPid && !line.startsWith('[') ? Math.max(0, 5 - (pid[1] ?? '').length) : 0;
  at += leading(line, at, padding);
  at += skipGroups(line, at);
  const time = matchAt(absoluteTime, line, at);
  if (time !== null) at += time[0].length;
  if (line[at] === ' ' || line[at] === '(') at += matchAt(relativeTime, line, at)?.[0].length ?? 0;
  at += skipGroups(line, at);
  return { tid: isPid ? Number(pid[1]) : 0, time: time?.[1] ?? null, body: line.slice(at).trimStart() };
};

/** Spaces that belong to the pid column; further ones announce a relative time. */
const leading = (line: string, at: number, padding: number): number => {
  let length = 0;
  while (length < padding && line[at + length] === ' ') length += 1;
  return length;
};

const skipGroups = (line: string, from: number): number => {
  let at = from;
  if (line[at] !== '[') return 0;
  for (let group = matchAt(bracketGroup, line, at); group !== null; group = matchAt(bracketGroup, line, at)) at += group[0].length;
  return at - from;
};

const matchAt = (pattern: RegExp, line: string, at: number): RegExpExecArray | null => {
  pattern.lastIndex = at;
  return pattern.exec(line);
};

const pidColumn = /(\d{1,10})(?:<[^>]*>)? /y;
const pidBracket = /\[pid +(\d{1,10})(?:<[^>]*>)?\] /y;
const absoluteTime = /(\d{1,2}:\d\d:\d\d(?:\.\d{1,9})?|\d{1,15}(?:\.\d{1,9})?) +/y;
const relativeTime = /(?:\( *\+ *[\d.]+\)| +\d+(?:\.\d+)?) +/y;
const bracketGroup = /\[[^\]"(]*\] +/y;
