import { createGunzip, type Gunzip } from 'node:zlib';
import { NetauditError } from '../../../model/error.js';

/** Told what is missing from the bytes, one sentence. */
export type OnProblem = (reason: string) => void;

/**
 * The bytes as they are, or what gzip (RFC 1952) packed. Packed bytes that are cut off or damaged are unpacked as far as they go, and the rest is a
 * problem. Throws TRACE_READ for what other programs packed.
 */
export async function* unpack(name: string, input: AsyncIterable<Uint8Array>, onProblem: OnProblem): AsyncGenerator<Uint8Array, void> {
  const source = input[Symbol.asyncIterator]();
  const head = await readHead(source);
  const rest = { [Symbol.asyncIterator]: () => source };
  if (startsWith(head, gzipMagic)) yield* gunzip(head, rest, onProblem);
  else {
    refuse(name, head);
    if (head.length > 0) yield head;
    yield* rest;
  }
}

/** At least as many bytes as the longest magic has, where there are so many. A piece is good until the next is asked for. */
const readHead = async (source: AsyncIterator<Uint8Array>): Promise<Uint8Array> => {
  const parts: Uint8Array[] = [];
  for (let size = 0; size < headSize; ) {
    const { value, done } = await source.next();
    if (done) break;
    size += value.length;
    if (parts.length === 0 && size >= headSize) return value;
    parts.push(Buffer.from(value));
  }
  return Buffer.concat(parts);
};

async function* gunzip(head: Uint8Array, rest: AsyncIterable<Uint8Array>, onProblem: OnProblem): AsyncGenerator<Uint8Array, void> {
  const stream = createGunzip();
  const state: { out: Uint8Array[]; failed: Error | null } = { out: [], failed: null };
  stream.on('data', (bytes: Uint8Array) => state.out.push(bytes)).on('error', (error) => (state.failed = error));
  const take = (): Uint8Array[] => state.out.splice(0);
  let given = 0;
  try {
    for await (const bytes of pieces(head, rest)) {
      given += bytes.length;
      await settled(stream, (done) => stream.write(bytes, done));
      yield* take();
      if (state.failed !== null) break;
    }
    if (state.failed === null) await settled(stream, (done) => void stream.once('end', done).end());
    yield* take();
    if (state.failed !== null) onProblem(`the compressed trace is cut off or damaged (${state.failed.message})`);
    else if (stream.bytesWritten < given) onProblem('bytes follow the end of the compressed trace, and were not read');
  } finally {
    stream.destroy();
  }
}

/** Small pieces, as each may unpack to a thousand times its size. */
async function* pieces(head: Uint8Array, rest: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array, void> {
  const cut = (bytes: Uint8Array): Uint8Array[] =>
    Array.from({ length: Math.ceil(bytes.length / pieceSize) }, (_, index) => bytes.subarray(index * pieceSize, (index + 1) * pieceSize));
  yield* cut(head);
  for await (const bytes of rest) yield* cut(bytes);
}

/** Resolves when the step is done, or can not be. */
const settled = (stream: Gunzip, begin: (done: () => void) => void): Promise<void> =>
  new Promise((resolve) => {
    const done = (): void => {
      stream.off('error', done).off('close', done);
      resolve();
    };
    stream.once('error', done).once('close', done);
    begin(done);
  });

const refuse = (name: string, head: Uint8Array): void => {
  const packer = packers.find(({ magic }) => startsWith(head, magic));
  if (packer === undefined) return;
  throw new NetauditError('TRACE_READ', {
    found: `the trace '${name}' is packed by ${packer.program}`,
    fix: `unpack it: ${packer.program} -dc FILE | netaudit analyze -`,
  });
};

const startsWith = (bytes: Uint8Array, magic: readonly number[]): boolean => magic.every((byte, index) => bytes[index] === byte);

const gzipMagic = [0x1f, 0x8b];
const packers = [
  { program: 'xz', magic: [0xfd, 0x37, 0x7a, 0x58, 0x5a, 0x00] },
  { program: 'zstd', magic: [0x28, 0xb5, 0x2f, 0xfd] },
  { program: 'bzip2', magic: [0x42, 0x5a, 0x68] },
];
const headSize = 6;
const pieceSize = 16 * 1024;
