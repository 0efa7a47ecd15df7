import { createHash, type Hash } from 'node:crypto';
import { closeSync, openSync, readSync, statSync } from 'node:fs';
import { NetauditError } from '../../../model/error.js';
import { combineHashes } from '../../../model/provenance.js';
import type { CutLine } from '../reader.js';
import { readFile } from './file-bytes.js';
import { mergeThreads, type ThreadSource } from './merge.js';
import { findThreadFiles, type ThreadFile, type ThreadFiles } from './thread-files.js';
import { firstTime, isOfDay, lastTime, readThreadLines } from './thread-lines.js';
import { type OnProblem, unpack } from './unpack.js';

/** A saved trace: its bytes, each piece of which is good until the next is asked for, or its lines where it has several files. `problems` and `notices` are complete when it was read to its end. */
export type TraceInput = AsyncIterable<Uint8Array | readonly CutLine[]> & {
  /** What is missing from it, one sentence each. */
  readonly problems: readonly string[];
  readonly notices: readonly string[];
  /** When it was read to its end: SHA-256 of its bytes, as unpacked; of several files combineHashes of theirs. */
  readonly sha256: () => string | null;
};

/**
 * Opens a saved trace: a file, the files of `strace -ff` by their folder or NAME, or standard input (`-`); each may be packed by gzip. Throws TRACE_READ,
 * at once or while it is read, when there is none or it can not be read.
 */
export const openTrace = (path: string, stdin: AsyncIterable<Uint8Array>): TraceInput => {
  const problems: string[] = [];
  const notices: string[] = [];
  const threads = path === '-' ? null : readable(path, () => findThreadFiles(path));
  const hashes: Hash[] = [];
  const hashed = (bytes: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array, void> => {
    const hash = createHash('sha256');
    hashes.push(hash);
    return hashing(bytes, hash);
  };
  const parts =
    threads === null
      ? hashed(unpack(path, path === '-' ? guarded(path, stdin) : guarded(path, readFile(path)), (reason) => void problems.push(reason)))
      : readThreads(threads, { problem: (reason) => void problems.push(reason), notice: (text) => void notices.push(text), hashed });
  return {
    [Symbol.asyncIterator]: () => parts,
    problems,
    notices,
    sha256: () => combineHashes(hashes.map((hash) => hash.copy().digest('hex'))),
  };
};

/** Passes the bytes on, and gives them to the hash. */
export async function* hashing(bytes: AsyncIterable<Uint8Array>, hash: Hash): AsyncGenerator<Uint8Array, void> {
  for await (const chunk of bytes) {
    hash.update(chunk);
    yield chunk;
  }
}

type Tell = {
  readonly problem: OnProblem;
  readonly notice: (text: string) => void;
  readonly hashed: (bytes: AsyncIterable<Uint8Array>) => AsyncIterable<Uint8Array>;
};

async function* readThreads({ files, others }: ThreadFiles, tell: Tell): AsyncGenerator<readonly CutLine[], void> {
  if (others.length > 0)
    tell.notice(`not part of the trace, and not read: ${others.slice(0, 10).join(', ')}${others.length > 10 ? ', …' : ''}`);
  const pieceSize = Math.max(4096, Math.min(65_536, Math.floor(mostBuffered / files.length)));
  const open = ({ name, path }: ThreadFile, onProblem: OnProblem): AsyncIterable<Uint8Array> =>
    unpack(name, readInPieces(path, pieceSize), onProblem);
  const spans: (Span & { readonly file: ThreadFile })[] = [];
  for (const file of [...files].sort((a, b) => a.tid - b.tid)) {
    spans.push({
      file,
      ...(await spanOf(
        file,
        open(file, () => undefined),
      )),
    });
  }
  const timed = spans.every(({ start, empty }) => empty || start !== null);
  if (!timed) tell.notice(untimed);
  const midnight = timed ? startOfRun(spans) : 0;
  const threads = spans.map(({ file, start, ofDay }, index): ThreadSource => {
    const since = ofDay && start !== null && start < midnight ? day : 0;
    const read = () => readThreadLines(file, tell.hashed(open(file, (reason) => tell.problem(`${file.name}: ${reason}`))), since);
    return { tid: file.tid, start: timed ? (start ?? 0) + since : index, read };
  });
  if (timed) yield* mergeThreads(threads);
  else for (const { read } of threads) yield* read();
}

/** When the first line of a file was written, and the last one as far as it is cheap to know. */
type Span = { readonly start: number | null; readonly end: number | null; readonly ofDay: boolean; readonly empty: boolean };

const spanOf = async ({ path }: ThreadFile, bytes: AsyncIterable<Uint8Array>): Promise<Span> => {
  const parts: Uint8Array[] = [];
  for await (const chunk of bytes) {
    parts.push(chunk);
    if (firstTime(Buffer.concat(parts)) !== null || parts.length >= mostHeads) break;
  }
  const head = Buffer.concat(parts);
  return { start: firstTime(head), end: lastTime(readTail(path)), ofDay: isOfDay(head), empty: head.length === 0 };
};

/**
 * With times of day a run may go on after midnight, which shows in a file whose last time is before its first one. Its beginning is then the first time
 * after the longest part of the day in which no thread began; what is before it is of the next day.
 */
const startOfRun = (spans: readonly Span[]): number => {
  if (!spans.some(({ start, end, ofDay }) => ofDay && start !== null && end !== null && end < start)) return 0;
  const starts = spans.flatMap(({ start }) => start ?? []).sort((a, b) => a - b);
  const gaps = starts.map((start, index) => ({ start, gap: start - (starts[index - 1] ?? (starts.at(-1) ?? 0) - day) }));
  return gaps.reduce((best, each) => (each.gap > best.gap ? each : best), { start: 0, gap: -1 }).start;
};

/** A file in pieces, open only while one is read: there may be more threads than files that may be open. */
async function* readInPieces(path: string, size: number): AsyncGenerator<Uint8Array, void> {
  for (let from = 0; ; ) {
    const piece = readable(path, () => readPiece(path, from, size));
    if (piece.length === 0) return;
    from += piece.length;
    yield piece;
  }
}

const readTail = (path: string): Uint8Array => readable(path, () => readPiece(path, Math.max(0, statSync(path).size - tailSize), tailSize));

const readPiece = (path: string, from: number, size: number): Uint8Array => {
  const file = openSync(path, 'r');
  try {
    const buffer = Buffer.allocUnsafeSlow(size);
    return buffer.subarray(0, readSync(file, buffer, 0, size, from));
  } finally {
    closeSync(file);
  }
};

async function* guarded(path: string, input: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array, void> {
  try {
    yield* input;
  } catch (cause) {
    throw unreadable(path, cause);
  }
}

const readable = <Value>(path: string, read: () => Value): Value => {
  try {
    return read();
  } catch (cause) {
    throw cause instanceof NetauditError ? cause : unreadable(path, cause);
  }
};

const unreadable = (path: string, cause: unknown): NetauditError => {
  const { code = 'unknown error' } = cause as NodeJS.ErrnoException;
  return new NetauditError('TRACE_READ', { found: `cannot read the trace '${path}': ${reasons[code] ?? code}`, cause });
};

const reasons: Readonly<Record<string, string>> = { ENOENT: 'no such file', EACCES: 'permission denied', EISDIR: 'it is a folder' };
const untimed =
  'the files have no time stamps (strace -ttt), so they were read one after the other: every connection is in the report, but what depends on their order may be wrong (who started whom, which name an address had)';
const day = 86_400e6;
const mostBuffered = 64 * 1024 * 1024;
const tailSize = 4096;
/** Pieces of a file in which its first time is looked for. */
const mostHeads = 16;
