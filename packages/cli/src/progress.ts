import type { Found, TraceInput } from '@netaudit/core';

/** What is shown while a trace is read; `input` stands in for what it was made of. */
export type Progress = { readonly input: TraceInput; readonly onProgress?: (found: Found) => void; readonly end: () => void };

/**
 * A line on a terminal from the third second on, a few times a second: how much of the trace was read, and what was found in it. Nothing in
 * CI, on a dumb terminal, or where there is none. `end` takes it away, before anything else is written.
 */
export const showProgress = (input: TraceInput, stream: NodeJS.WriteStream): Progress => {
  if (!stream.isTTY || process.env.CI || process.env.TERM === 'dumb') return { input, end: () => undefined };
  const begun = Date.now();
  const seen = { bytes: 0, lines: 0 };
  let found: Found = { connections: 0, violations: 0 };
  let isShown = false;
  const show = (): void => {
    const seconds = Math.floor((Date.now() - begun) / 1000);
    if (seconds < quietSeconds) return;
    isShown = true;
    const text = `netaudit: ${sizeText(seen)} read, ${count(found.connections, 'connection')}, ${count(found.violations, 'violation')}, ${seconds} s`;
    stream.write(`\r${text.slice(0, Math.max(0, (stream.columns || 80) - 1))}\u001b[K`);
  };
  const timer = setInterval(show, intervalMs).unref();
  return {
    input: counted(input, seen),
    onProgress: (now) => {
      found = now;
    },
    end: () => {
      clearInterval(timer);
      if (isShown) stream.write('\r\u001b[K');
    },
  };
};

type Seen = { bytes: number; lines: number };

const count = (number: number, one: string): string => `${number} ${one}${number === 1 ? '' : 's'}`;

const sizeText = ({ bytes, lines }: Seen): string => (lines > 0 ? `${lines} lines` : `${(bytes / 1e6).toFixed(1)} MB`);

const counted = (input: TraceInput, seen: Seen): TraceInput => ({
  ...input,
  async *[Symbol.asyncIterator]() {
    for await (const part of input) {
      if (part instanceof Uint8Array) seen.bytes += part.length;
      else seen.lines += part.length;
      yield part;
    }
  },
});

const quietSeconds = 2;
const intervalMs = 250;
