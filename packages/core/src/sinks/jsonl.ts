import { closeSync, openSync, writeSync } from 'node:fs';
import type { Event } from '../model/event.js';
import type { EventSink, LogEvent } from '../model/event-log.js';
import { printableJson } from '../model/printable.js';

/** The event as one line of JSON, line break included. */
export const jsonLine = (event: Event): string => lineOf(event);

/** One JSON line for each event, as they come (https://jsonlines.org). */
export async function* toJsonLines(events: AsyncIterable<Event> | Iterable<Event>): AsyncGenerator<string, void, undefined> {
  for await (const event of events) yield jsonLine(event);
}

/**
 * Writes an event log (docs/reports.md) while the run goes on: the events of one chunk of the trace together, a few ms after they happened. After the
 * first part that can not be written nothing more is tried.
 */
export const jsonlSink = (write: (text: string) => void): EventSink => {
  let waiting: string[] = [];
  let events = 0;
  let problem: string | null = null;
  const flush = (): void => {
    const text = waiting.join('');
    waiting = [];
    if (text === '' || problem !== null) return;
    try {
      write(text);
    } catch (error) {
      problem = `the log of events is not whole: ${(error as Error).message}`;
    }
  };
  const add = (line: string): void => {
    if (waiting.push(line) === 1) queueMicrotask(flush);
    if (waiting.length >= mostWaiting) flush();
  };
  return {
    begin: (head) => add(lineOf(head)),
    push: (logged) => {
      events += 1;
      add(eventLine(logged));
    },
    end: (tail) => {
      add(lineOf({ kind: 'tail', events, ...tail }));
      flush();
      return problem;
    },
  };
};

/** As jsonlSink, into a file that only its owner may read, as it holds names and arguments; throws where it can not be opened. */
export const jsonlFile = (path: string): EventSink => {
  const file = openSync(path, 'w', 0o600);
  const sink = jsonlSink((text) => writeAll(file, Buffer.from(text)));
  return {
    ...sink,
    end: (tail) => {
      const problem = sink.end(tail);
      closeSync(file);
      return problem;
    },
  };
};

const writeAll = (file: number, bytes: Uint8Array): void => {
  for (let from = 0; from < bytes.length; ) from += writeSync(file, bytes, from);
};

/** Of a line that could not be read nothing is told but where it is: what it holds is not known. */
const eventLine = ({ trace, event }: LogEvent): string => {
  const shown = event.kind === 'unread' ? { ...event, rawLine: '' } : event;
  return lineOf(trace === undefined ? shown : { trace, ...shown });
};

const lineOf = (value: object): string => `${printableJson(JSON.stringify(value))}\n`;

/** Lines. */
const mostWaiting = 1000;
