import { closeSync, createReadStream, fstatSync, openSync, readSync } from 'node:fs';
import { setImmediate } from 'node:timers/promises';

/**
 * The bytes of a file, in pieces that end with a line where there is one, each good until the next is asked for: memory that is used again costs a fifth of memory that is
 * new. What is no plain file (a FIFO, a device) may keep its reader waiting, and is read as it comes.
 */
export async function* readFile(path: string): AsyncGenerator<Uint8Array, void> {
  const file = openSync(path, 'r');
  if (!fstatSync(file).isFile()) {
    yield* createReadStream(path, { fd: file, highWaterMark: pieceSize });
    return;
  }
  try {
    yield* readPieces(file);
  } finally {
    closeSync(file);
  }
}

async function* readPieces(file: number): AsyncGenerator<Uint8Array, void> {
  const piece = Buffer.allocUnsafeSlow(pieceSize);
  let kept = 0;
  for (let count = 1; ; count += 1) {
    const length = readSync(file, piece, kept, pieceSize - kept, null);
    const filled = kept + length;
    if (filled === 0) return;
    const end = (length === 0 ? 0 : piece.lastIndexOf(lineFeed, filled - 1) + 1) || filled;
    yield piece.subarray(0, end);
    piece.copyWithin(0, end, filled);
    kept = filled - end;
    if (count % piecesInTurn === 0) await setImmediate();
  }
}

const lineFeed = 0x0a;
const pieceSize = 256 * 1024;
/** As many as take some tens of ms: then whoever waits, such as a timer, has a turn. */
const piecesInTurn = 32;
