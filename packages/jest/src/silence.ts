import { writeSync } from 'node:fs';
import { Writable } from 'node:stream';

/** Ends the silence; what was held is printed, in its order, or dropped. Only the first call counts. */
export type Speak = (held: 'print' | 'drop') => void;

/**
 * Holds back what is printed from now on, below `write`, which reporters keep and replace. If the process ends first, what was held is printed.
 */
export const silenceTerminal = (): Speak => {
  const held: Held[] = [];
  const releases = [hold(process.stdout, held), hold(process.stderr, held)];
  const printAtExit = (): void => {
    for (const { stream, chunk } of held) writeSync(stream.fd, chunk);
  };
  process.once('exit', printAtExit);
  return (what) => {
    process.removeListener('exit', printAtExit);
    for (const release of releases.splice(0)) release();
    for (const { stream, chunk } of held.splice(0)) if (what === 'print') Writable.prototype.write.call(stream, chunk, 'utf8', () => {});
  };
};

/** Leaves the terminal to the run that is started now: without the line that Jest prints before it knows its tests, and with the keys. */
export const leaveTerminal = (keys: boolean): void => {
  if (process.stdout.isTTY && process.stderr.isTTY) writeSync(process.stderr.fd, '\r\x1b[K');
  if (!keys) return;
  process.stdin.pause();
  if (process.stdin.isTTY) process.stdin.setRawMode(false);
};

type Terminal = Writable & { readonly fd: number };
type Held = { readonly stream: Terminal; readonly chunk: Buffer };
type Low = Partial<Pick<Writable, '_write' | '_writev'>>;

const hold = (stream: Terminal, held: Held[]): (() => void) => {
  const low: Low = stream;
  const keep = (chunk: Buffer | string): void => {
    held.push({ stream, chunk: Buffer.from(chunk) });
  };
  low._write = (chunk, _encoding, done) => {
    keep(chunk);
    done();
  };
  low._writev = (chunks, done) => {
    for (const { chunk } of chunks) keep(chunk);
    done();
  };
  return () => {
    delete low._write;
    delete low._writev;
  };
};
