import type { Event } from '../../src/model/event.js';
import { readNames } from '../../src/names/read.js';
import { createStraceDecoder, type StraceDecoderOptions } from '../../src/sources/strace/decoder.js';

export type DecodedText = { readonly events: readonly Event[]; readonly counts: { readonly lines: number; readonly ignored: number } };

/** Decodes a whole trace, cut into the given chunks (by default one). */
export const decodeText = (
  trace: string | Uint8Array,
  cuts: readonly number[] = [],
  options: Pick<StraceDecoderOptions, 'shortcuts'> = {},
): DecodedText => {
  const decoder = createStraceDecoder({ readNames, ...options });
  const bytes = typeof trace === 'string' ? Buffer.from(trace, 'latin1') : trace;
  const ends = [...cuts.map((cut) => cut % (bytes.length + 1)).sort((a, b) => a - b), bytes.length];
  const events: Event[] = [];
  let from = 0;
  for (const end of ends) {
    for (const event of decoder.push(bytes.subarray(from, end))) events.push(event);
    from = end;
  }
  return { events: [...events, ...decoder.end()], counts: decoder.counts };
};
