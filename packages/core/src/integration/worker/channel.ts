import fs, { type BigIntStats } from 'node:fs';
import type { MarkerMessage } from '../../model/marker.js';
import { type Answer, answerFile, bellFile, type Question } from '../../model/session.js';
import { monotonic, now } from './clock.js';
import { markWriter } from './mark.js';

/** Both directions between a test thread and the supervisor: markers in the trace, answers in a file. */
export type Channel = {
  /** Writes one marker; it is in the trace before this returns. */
  write(messages: readonly MarkerMessage[]): void;
  /** Says that a question is in the trace. */
  ring(): void;
  /** Answers that have come since the last look; never waits. */
  look(): Answer[];
  /** Asks without a marker, after all that this thread has done; false where that can not be. */
  ask(n: number, scope: string): boolean;
  /** Waits at most `ms` for the answer to question `n`; null when it does not come, or can not any more. Blocks the thread, needs no event loop. */
  wait(n: number, ms: number): Answer | null;
};

/** Opens the channel of a thread named `worker`. What it uses of Node is taken now, before user code can replace it. */
export const openChannel = (folder: string, nonce: string, worker: string): Channel => {
  const file = openFile(answerFile(folder, worker), 'a+');
  const reader = answerReader(file);
  const ring = bellRinger(openFile(bellFile(folder), O_WRONLY | O_NONBLOCK));
  const write = markWriter(nonce);
  const ask = (n: number, scope: string): boolean =>
    file !== null && ring(JSON.stringify({ nonce, worker, n, scope, at: now() } satisfies Question));
  const wait = (n: number, ms: number): Answer | null => {
    const asked = monotonic();
    for (;;) {
      const answers = reader();
      const answer = answers?.find((candidate) => candidate.n === n);
      if (answer) return answer;
      const waited = monotonic() - asked;
      if (waited > ms || !answers) return null;
      atomicsWait(nap, 0, 0, Math.min(waited / 64, longestNap));
    }
  };
  return { write, ask, ring: () => void ring(''), look: () => reader() ?? [], wait };
};

/** An open file, and which one it is: user code may close it, and get its number for another. */
type OpenFile = { readonly fd: number; readonly ino: bigint; readonly dev: bigint };

/** null when there is no such folder any more, or no right to it: then no answer comes. */
const openFile = (path: string, flags: string | number): OpenFile | null => {
  try {
    const fd = openSync(path, flags, 0o600);
    const { ino, dev } = statOf(fd);
    return { fd, ino, dev };
  } catch {
    return null;
  }
};

/** Without a bell a question in the trace is read all the same, some ms later. A longer line could be torn: PIPE_BUF, pipe(7). */
const bellRinger =
  (bell: OpenFile | null) =>
  (line: string): boolean => {
    try {
      if (!isThere(bell) || Buffer.byteLength(line) >= 4096) return false;
      writeSync(bell.fd, `${line}\n`);
      return true;
    } catch {
      // Nobody has read it for a long time, or it is closed.
      return false;
    }
  };

const isThis = ({ ino, dev }: OpenFile, found: BigIntStats): boolean => found.ino === ino && found.dev === dev && found.nlink > 0n;

/** What it returns reads the answers that have come since; null when no more can come. */
const answerReader = (file: OpenFile | null): (() => Answer[] | null) => {
  const buffer = Buffer.alloc(65_536);
  let position = 0;
  let rest = '';
  return () => {
    if (!isThere(file)) return null;
    const answers: Answer[] = [];
    for (let size = readAt(file, buffer, position); size > 0; size = size < buffer.length ? 0 : readAt(file, buffer, position)) {
      position += size;
      const lines = (rest + buffer.toString('latin1', 0, size)).split('\n');
      rest = lines.pop() ?? '';
      answers.push(...lines.flatMap(readAnswer));
    }
    return answers;
  };
};

/** None for a line that the supervisor did not write, or not whole. */
const readAnswer = (line: string): Answer[] => {
  try {
    return [JSON.parse(Buffer.from(line, 'latin1').toString()) as Answer];
  } catch {
    return [];
  }
};

/** Whether it is still open, and has not been deleted: user code may have closed it. Then the supervisor's report has the last word. */
const isThere = (file: OpenFile | null): file is OpenFile => {
  try {
    return file !== null && isThis(file, statOf(file.fd));
  } catch {
    return false;
  }
};

const readAt = ({ fd }: OpenFile, buffer: Buffer, position: number): number => {
  try {
    return readSync(fd, buffer, 0, buffer.length, position);
  } catch {
    return 0;
  }
};

/**
 * As big integers: the other form is kept in Node's own memory until the next stat, and while it is that of a FIFO, fs.realpathSync resolves no
 * link that it knows (Node 20, lib/fs.js), and packages behind links are not found.
 */
const statOf = (fd: number): BigIntStats => fstatSync(fd, { bigint: true });

const { fstatSync, openSync, readSync, writeSync } = fs;
const { O_NONBLOCK, O_WRONLY } = fs.constants;
const atomicsWait = Atomics.wait;
const nap = new Int32Array(new SharedArrayBuffer(4));
/**
 * ms. A nap is a part of what was waited so far, so that who is answered within a millisecond finds that at once (the kernel makes each nap some 0.05 ms
 * longer: PR_SET_TIMERSLACK, prctl(2)), and who waits long takes nothing from the supervisor meanwhile.
 */
const longestNap = 5;
