import type { Writable } from 'node:stream';

/** Writes events to stdout as they come. A reader that has gone away misses them, and the run goes on. */
export const writeEvents = (text: string): void => {
  if (process.stdout.listenerCount('error') === 0) process.stdout.on('error', () => undefined);
  process.stdout.write(text);
};

/** Resolves when the text has left this process. A reader that has gone away is no failure. */
export const write = (stream: Writable, text: string): Promise<void> =>
  new Promise((resolve, reject) => {
    const settle = (error?: Error | null): void => (error && !isBrokenPipe(error) ? reject(error) : resolve());
    stream.once('error', settle);
    stream.write(text, settle);
  });

const isBrokenPipe = (error: Error): boolean => 'code' in error && error.code === 'EPIPE';
