import { NetauditError } from '../../model/error.js';
import { eventLogVersion, type LogEvent, type LogHead, type LogTail } from '../../model/event-log.js';
import { createLineSplitter, type TextLine } from '../strace/lines.js';
import { type LogSchema, logSchema } from './schema.js';

/** One line of an event log as read; `unread` says why it can not be. `line` counts from 1. */
export type LogRecord =
  | { readonly kind: 'head'; readonly head: LogHead }
  | { readonly kind: 'event'; readonly logged: LogEvent }
  | { readonly kind: 'tail'; readonly tail: LogTail }
  | { readonly kind: 'unread'; readonly line: number; readonly reason: string };

/** Bytes in, records out; its memory is bounded by the longest line. */
export type LogReader = { push(chunk: Uint8Array): LogRecord[]; end(): LogRecord[] };

/** Whether bytes begin as an event log does, which no line of strace does; null where there are too few to tell. */
export const isEventLog = (head: Uint8Array): boolean | null => {
  const text = Buffer.from(head.subarray(0, 4))
    .toString('latin1')
    .replace(/^\xef\xbb\xbf/, '');
  return text === '' ? null : text.startsWith('{');
};

/** Reads an event log. Throws TRACE_READ for one without its head, or of a version that is not known here. */
export const createLogReader = (): LogReader => {
  const splitter = createLineSplitter(longestLine);
  const schema = logSchema();
  const read = (line: TextLine): LogRecord => (line.number === 1 ? readHead(line, schema) : readRecord(line, schema));
  return { push: (chunk) => splitter.push(chunk).map(read), end: () => splitter.end().map(read) };
};

const readHead = (line: TextLine, schema: LogSchema): LogRecord => {
  const value = parsed(line);
  const { format, version } = value ?? {};
  if (format === 'netaudit-events' && version !== eventLogVersion) {
    throw new NetauditError('TRACE_READ', {
      found: `line 1: the log of events is of version ${JSON.stringify(version)}`,
      allowed: `version ${eventLogVersion}`,
      fix: 'read it with the version of netaudit that wrote it',
    });
  }
  const head = schema.head.safeParse(value);
  if (head.success) return { kind: 'head', head: head.data };
  throw new NetauditError('TRACE_READ', {
    found: `line 1: this is JSON, and not the head of a log of events${format === undefined ? '' : `: ${mistakeIn(head.error.issues)}`}`,
    allowed: "a file of --reporter jsonl=FILE, whole from its first line on, or strace's output",
  });
};

const readRecord = (line: TextLine, schema: LogSchema): LogRecord => {
  if (line.cut === 'too long') return unread(line, 'a line that is too long to be read');
  const value = parsed(line);
  if (value === null) return unread(line, line.cut === 'no line end' ? 'the last line is cut off' : 'it is no JSON object');
  if (value.kind === 'tail') {
    const tail = schema.tail.safeParse(value);
    return tail.success ? { kind: 'tail', tail: tail.data } : unread(line, mistakeIn(tail.error.issues));
  }
  const { trace: given, ...rest } = value;
  const trace = schema.trace.safeParse(given);
  const event = schema.event.safeParse(rest);
  if (!event.success) return unread(line, mistakeIn(event.error.issues));
  if (!trace.success) return unread(line, 'the name of its trace is none');
  return { kind: 'event', logged: { trace: trace.data, event: event.data } };
};

const unread = ({ number: line }: TextLine, reason: string): LogRecord => ({ kind: 'unread', line, reason });

const parsed = ({ text }: TextLine): Record<string, unknown> | null => {
  try {
    const value: unknown = JSON.parse(Buffer.from(text, 'latin1').toString('utf8'));
    return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Record<string, unknown>) : null;
  } catch {
    return null;
  }
};

type Issue = { readonly path: readonly PropertyKey[]; readonly message: string };

const mistakeIn = ([first]: readonly Issue[]): string => `${first?.path.map(String).join('.') || 'the record'}: ${first?.message ?? ''}`;

/** Characters: what a process was started with may be long, and is longer as JSON. */
const longestLine = 16 * 1024 * 1024;
