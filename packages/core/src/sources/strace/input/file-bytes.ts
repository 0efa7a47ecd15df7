import { closeSync, createReadStream, fstatSync, openSync, readSync } from 'node:fs';
import { setImmediate } from 'node:timers/promises';

/**
 * The bytes of a file, in pieces. What the kernel has at hand is read at once, which costs a fifth of a turn of the event loop for each piece; what is no plain file (a
 * FIFO, a device) may keep a reader waiting, and is read as it comes.
 */
export async function* readFile(path: string): AsyncGenerator<Uint8Array, void> {
  const file = openSync(path, 'r');
  if (!fstatSync(file).isFile()) {
    yield* createReadStream(path, { fd: file, highWaterMark: pieceSize });
    return;
  }
  try {
    for (let count = 1; ; count += 1) {
      const piece = Buffer.allocUnsafeSlow(pieceSize);
      const length = readSync(file, piece);
      if (length === 0) return;
      yield piece.subarray(0, length);
      if (count % piecesInTurn === 0) await setImmediate();
    }
  } finally {
    closeSync(file);
  }
}

const pieceSize = 256 * 1024;
/** As many as take some tens of ms: then whoever waits, such as a timer, has a turn. */
const piecesInTurn = 32;
