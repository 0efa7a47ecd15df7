import type { Writable } from 'node:stream';

/**
 * Holds back what Jest prints in a process that only waits for the run under audit, and leaves the keys typed to that run; returns what ends that.
 * Below `write`, which reporters keep and replace.
 */
export const silenceTerminal = ({ watch, watchAll }: { readonly watch?: boolean | undefined; readonly watchAll?: boolean | undefined }) => {
  const releases = [hold(process.stdout), hold(process.stderr)];
  if (watch || watchAll) leaveKeys();
  return (held: 'print' | 'drop'): void => {
    for (const release of releases) release(held);
  };
};

type Low = Pick<Writable, '_write' | '_writev'>;

const hold = (stream: Writable): ((end: 'print' | 'drop') => void) => {
  const low: Low = stream;
  const held: [chunk: unknown, encoding: BufferEncoding][] = [];
  low._write = (chunk, encoding, done) => {
    held.push([chunk, encoding]);
    done();
  };
  low._writev = (chunks, done) => {
    for (const { chunk, encoding } of chunks) held.push([chunk, encoding]);
    done();
  };
  return (end) => {
    delete (low as Partial<Low>)._write;
    delete (low as Partial<Low>)._writev;
    if (end === 'print') for (const [chunk, encoding] of held) stream._write(chunk, encoding, () => {});
  };
};

const leaveKeys = (): void => {
  process.stdin.pause();
  if (process.stdin.isTTY) process.stdin.setRawMode(false);
};
