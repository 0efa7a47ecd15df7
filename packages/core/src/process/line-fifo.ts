import { execFileSync } from 'node:child_process';
import { constants, openSync, writeSync } from 'node:fs';
import { Socket } from 'node:net';

export type LineFifo = {
  /** Resolves when all lines that were written before it was called have been read; then it is closed. */
  end(): Promise<void>;
  close(): void;
};

/** Calls `onLine` with each line that anybody writes into a new FIFO, which only this user may do. Does not keep the process alive. */
export const readLinesOfFifo = (path: string, onLine: (line: string) => void): LineFifo => {
  execFileSync('mkfifo', ['-m', '600', path]);
  // With a writer of our own there is no end of file between two others, and nobody waits to open it (fifo(7)).
  const fd = openSync(path, constants.O_RDWR | constants.O_NONBLOCK);
  const pipe = new Socket({ fd, readable: true, writable: false }).unref();
  let rest = '';
  const last = new Promise<void>((resolve) => {
    pipe.on('data', (chunk) => {
      const lines = (rest + chunk.toString()).split('\n');
      rest = lines.pop()?.slice(-longestLine) ?? '';
      for (const line of lines) if (line !== endLine) onLine(line);
      if (lines.includes(endLine)) resolve();
    });
    pipe.on('error', () => resolve(void pipe.destroy()));
  });
  const end = async (): Promise<void> => {
    pipe.ref();
    writeSync(fd, `${endLine}\n`);
    await last;
    pipe.destroy();
  };
  return { end, close: () => void pipe.destroy() };
};

/** What is longer is torn where several write: PIPE_BUF, pipe(7). */
const longestLine = 4096;
/** No line of anybody else: it is not text. */
const endLine = '\u0000end';
