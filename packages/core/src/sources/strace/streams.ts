import { forgetOldest } from '../../model/oldest.js';
/** Bytes as one call carried them, or one message of them; `cut`: the trace does not show them all. */
export type Part = { readonly bytes: Buffer; readonly cut: boolean };

/** Puts messages together that follow their length in two bytes (RFC 1035 §4.2.2), whatever calls carried them. */
export type Streams = { messages(stream: string, part: Part): readonly Part[] };

/** Keeps the beginning of at most one message for each of the last streams. */
export const createStreams = (): Streams => {
  const pending = new Map<string, Buffer>();
  return {
    messages: (stream, { bytes, cut }) => {
      const { messages, rest } = split(Buffer.concat([pending.get(stream) ?? empty, bytes]));
      pending.delete(stream);
      if (cut) return rest.length > 2 ? [...messages, { bytes: rest.subarray(2), cut }] : messages;
      if (rest.length > 0) pending.set(stream, rest);
      forgetOldest(pending, mostStreams);
      return messages;
    },
  };
};

const split = (stream: Buffer): { readonly messages: readonly Part[]; readonly rest: Buffer } => {
  const messages: Part[] = [];
  let at = 0;
  while (at + 2 <= stream.length && at + 2 + stream.readUInt16BE(at) <= stream.length) {
    const end = at + 2 + stream.readUInt16BE(at);
    messages.push({ bytes: stream.subarray(at + 2, end), cut: false });
    at = end;
  }
  return { messages, rest: stream.subarray(at) };
};

const empty = Buffer.alloc(0);
const mostStreams = 64;
