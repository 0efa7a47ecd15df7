import type { Event } from '../../model/event.js';
import type { TraceDecoder } from '../../model/source.js';
import { type CutLine, createStraceReader, type StraceReaderOptions } from './reader.js';

export type StraceDecoderOptions = StraceReaderOptions;

/** Also takes lines that were read before, from a trace in several files. */
export type StraceDecoder = TraceDecoder & { pushLines(lines: readonly CutLine[]): Event[] };

/** Returns a decoder of strace output (-o file, FIFO or standard error, any of -f -t -tt -ttt -r -y -yy). */
export const createStraceDecoder = (options: StraceDecoderOptions = {}): StraceDecoder => {
  let events: Event[] = [];
  const reader = createStraceReader(options, { event: (event) => void events.push(event) });
  const take = (): Event[] => {
    const taken = events;
    events = [];
    return taken;
  };
  return {
    push: (chunk) => {
      reader.push(chunk);
      return take();
    },
    pushLines: (lines) => {
      reader.pushLines(lines);
      return take();
    },
    end: () => {
      reader.end();
      return take();
    },
    counts: reader.counts,
  };
};
