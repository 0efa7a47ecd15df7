import { type ChildProcess, execFileSync, type StdioOptions, spawn } from 'node:child_process';
import { once } from 'node:events';
import { constants, createWriteStream, openSync, rmSync, type WriteStream } from 'node:fs';
import type { Socket } from 'node:net';
import { join } from 'node:path';
import { startMarker } from '../../model/marker.js';
import { type Batches, readInBatches } from '../../process/batches.js';
import { tracerOf } from '../../process/reaper.js';
import { straceArgv } from './argv.js';
import type { StraceAbilities } from './version.js';

export type TraceOptions = {
  readonly abilities: StraceAbilities;
  readonly argv: readonly string[];
  readonly env: NodeJS.ProcessEnv;
  readonly cwd?: string | undefined;
  readonly stdio: StdioOptions;
  /** A private folder for the pipe; who made it removes it. */
  readonly folder: string;
  readonly nonce: string;
  /** As for straceArgv. */
  readonly serverPorts?: boolean | undefined;
  /** A file that gets a copy of every byte of the trace. */
  readonly keepTrace?: string | undefined;
  readonly onChunk: (chunk: Buffer) => void;
};

export type TracedCommand = {
  readonly child: ChildProcess;
  /** Settles when the command itself ends; rejects when strace could not be started. */
  readonly exited: Promise<{ readonly code: number | null; readonly signal: NodeJS.Signals | null }>;
  /** Settles when the last traced process has ended and the trace was read to its end, with what went wrong on the way. */
  readonly drained: Promise<readonly string[]>;
  /** Settles with the first byte of the trace, or the end of the command. Before that a signal would reach strace, which ignores it. */
  readonly begun: Promise<void>;
  /** Pid of the tracer, null before the first line of the trace and after its end. */
  readonly tracer: () => number | null;
  /** Reads what has been written by now; without it that takes some ms. */
  readonly drain: () => void;
  /** Stops reading, for when the rest of the trace is given up. */
  readonly abandon: () => void;
};

/**
 * Starts `argv` under strace -D: the command is our own child, the tracer is not in between. The trace comes through a FIFO, one a tracer,
 * which is drained as it comes, since strace waits when a pipe is full (64 KiB, pipe(7)).
 */
export const traceCommand = (options: TraceOptions): TracedCommand => {
  const fifo = join(options.folder, 'trace');
  execFileSync('mkfifo', ['-m', '600', fifo]);
  const { batches, begun: first, hasBegun, drained } = readTrace(fifo, options);
  // Both ends are open now: nobody else shall read.
  void first.then(() => rmSync(fifo, { force: true }));
  const shell = ['/bin/sh', '-c', 'exec "$@"', startMarker(options.nonce), ...options.argv];
  const child = spawn(
    options.abilities.path,
    straceArgv(options.abilities, { traceFile: fifo, command: shell, locale: options.env.LC_ALL, serverPorts: options.serverPorts }),
    {
      cwd: options.cwd,
      env: { ...options.env, LC_ALL: 'C' },
      stdio: options.stdio,
    },
  );
  const exited = ended(child);
  const { socket, drain } = batches;
  return {
    child,
    exited,
    drained,
    begun: Promise.race([first, givenUp(socket, hasBegun, exited)]),
    tracer: tracerFinder(child),
    drain,
    abandon: () => void socket.destroy(),
  };
};

/**
 * Reads a trace from the FIFO of its tracer, which waits in open(2) until this was called. `begun` settles with the first byte; `drained`
 * at the end of the trace, with what went wrong on the way.
 */
export const readTrace = (
  fifo: string,
  { keepTrace, onChunk }: Pick<TraceOptions, 'keepTrace' | 'onChunk'>,
): {
  readonly batches: Batches;
  readonly begun: Promise<void>;
  readonly hasBegun: () => boolean;
  readonly drained: TracedCommand['drained'];
} => {
  const copy = keepTrace === undefined ? null : createWriteStream(keepTrace, { mode: 0o600 });
  let has = false;
  let begin = (): void => undefined;
  const begun = new Promise<void>((resolve) => {
    begin = resolve;
  });
  const batches = readInBatches(openSync(fifo, constants.O_RDONLY | constants.O_NONBLOCK), (batch) => {
    has = true;
    begin();
    onChunk(batch);
    return copy && !copy.destroyed && !copy.write(batch) ? writable(copy) : null;
  });
  return { batches, begun, hasBegun: () => has, drained: drain(batches.socket, copy) };
};

/** Settles when there is room again, or never will be. */
const writable = async (copy: WriteStream): Promise<void> => {
  const over = new AbortController();
  await Promise.race([once(copy, 'drain', over), once(copy, 'close', over)]).catch(() => undefined);
  over.abort();
};

const ended = (child: ChildProcess): TracedCommand['exited'] =>
  new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('exit', (code, signal) => resolve({ code, signal }));
  });

/** Settles with the end of the command. A tracer that ended before it opened the FIFO left it without an end: it is given up a second later. */
const givenUp = async (pipe: Socket, hasBegun: () => boolean, exited: TracedCommand['exited']): Promise<void> => {
  await exited.catch(() => undefined);
  const timer = setTimeout(() => !hasBegun() && pipe.destroy(), 1000);
  pipe.once('close', () => clearTimeout(timer));
};

const tracerFinder = (child: ChildProcess): (() => number | null) => {
  let tracer: number | null = null;
  return () => {
    if (!tracer && child.pid !== undefined) tracer = tracerOf(child.pid) || null;
    return tracer;
  };
};

const drain = (pipe: Socket, copy: WriteStream | null): Promise<readonly string[]> =>
  new Promise((resolve) => {
    const problems: string[] = [];
    copy?.on('error', (error) => void problems.push(`the kept trace is not whole: ${error.message}`));
    pipe.on('error', (error) => void problems.push(`the trace could not be read: ${error.message}`));
    pipe.on('close', () => {
      if (!copy || copy.errored || copy.destroyed) resolve(problems);
      else copy.end(() => resolve(problems));
    });
  });
