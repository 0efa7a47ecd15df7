import { readSync } from 'node:fs';
import { type OnReadOpts, Socket, type SocketConstructorOpts } from 'node:net';

export type Batches = {
  /** Its `close` comes after the last batch. */
  readonly socket: Socket;
  /** Reads what has been written by now, before it returns. */
  drain(): void;
  /** Does not keep the process alive any more. */
  unref(): void;
};

type Rests = { readonly least: number; readonly most: number };

/**
 * Reads a pipe such that who writes into it is disturbed little: after each batch nobody waits at the pipe for some milliseconds, so that a write
 * wakes no reader, which costs the writer (strace, which the traced thread waits for) more than the write itself. `onBatch`
 * returns a promise where it must not get more before that settles. The rest, of `rests` ms at the least and the most, is doubled while a batch is a
 * small part of the pipe (64 KiB, pipe(7)), and halved where it is not, so that the pipe does not become full.
 */
export const readInBatches = (
  fd: number,
  onBatch: (batch: Buffer) => Promise<void> | null,
  rests: Rests = { least: 1, most: 16 },
): Batches => {
  let timer: NodeJS.Timeout | null = null;
  let restMs = rests.least;
  let keepsAlive = true;
  const resume = (): void => {
    if (timer) clearTimeout(timer);
    timer = null;
    socket.resume();
  };
  const callback = (size: number, buffer: Uint8Array): boolean => {
    const wait = onBatch(Buffer.from(buffer.subarray(0, size)));
    if (!wait && size === buffer.length) return true;
    if (wait) void wait.then(resume);
    else {
      restMs = size < pipeSize / 8 ? Math.min(2 * restMs, rests.most) : Math.max(restMs / 2, rests.least);
      timer = setTimeout(resume, restMs);
      if (!keepsAlive) timer.unref();
    }
    return false;
  };
  const onread: OnReadOpts = { buffer: shared, callback };
  const options: SocketConstructorOpts & { readonly onread: OnReadOpts } = { fd, readable: true, writable: false, onread };
  const socket = new Socket(options);
  socket.once('close', () => timer && clearTimeout(timer));
  const drain = (): void => {
    for (let size = shared.length; size === shared.length && !socket.destroyed; ) {
      size = readNow(fd, shared);
      if (size > 0) void onBatch(Buffer.from(shared.subarray(0, size)));
    }
  };
  const unref = (): void => {
    keepsAlive = false;
    timer?.unref();
    socket.unref();
  };
  return { socket, drain, unref };
};

/** 0 when there is nothing, or nothing more: the socket finds the end itself. */
const readNow = (fd: number, buffer: Buffer): number => {
  try {
    return readSync(fd, buffer);
  } catch {
    return 0;
  }
};

/** Bytes of a pipe, pipe(7): a batch as long as this may not be all. */
const pipeSize = 65_536;
/** One for all pipes: what was read is copied before anybody else reads. */
const shared = Buffer.allocUnsafe(pipeSize);
