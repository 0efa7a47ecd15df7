import type { EventSink } from '../model/event-log.js';
import { jsonlFile, jsonlSink } from '../sinks/jsonl.js';
import { isEventLog, type ReporterChoice } from './choice.js';
import { refuseFile } from './writable.js';

/**
 * What takes the events of a run, where its logs are asked for; `stdout` writes the one that has no file, where there may be one. Throws a NetauditError (REPORT_WRITE)
 * for a file that can not be opened.
 */
export const openEventLogs = (choices: readonly ReporterChoice[], stdout: (text: string) => void = nowhere): EventSink | undefined => {
  const sinks = choices.filter(isEventLog).map(({ file }) => (file === null ? jsonlSink(stdout) : open(file)));
  return sinks.length > 1 ? all(sinks) : sinks[0];
};

const nowhere = (): void => undefined;

const open = (file: string): EventSink => {
  try {
    return jsonlFile(file);
  } catch (cause) {
    throw refuseFile(file, cause);
  }
};

const all = (sinks: readonly EventSink[]): EventSink => ({
  begin: (head) => {
    for (const sink of sinks) sink.begin(head);
  },
  push: (logged) => {
    for (const sink of sinks) sink.push(logged);
  },
  end: (tail) => sinks.map((sink) => sink.end(tail)).find((problem) => problem !== null) ?? null,
});
