import type { Event } from '../model/event.js';
import { printableJson } from '../model/printable.js';

/** The event as one line of JSON, line break included. */
export const jsonLine = (event: Event): string => `${printableJson(JSON.stringify(event))}\n`;

/** One JSON line for each event, as they come (https://jsonlines.org). */
export async function* toJsonLines(events: AsyncIterable<Event> | Iterable<Event>): AsyncGenerator<string, void, undefined> {
  for await (const event of events) yield jsonLine(event);
}
