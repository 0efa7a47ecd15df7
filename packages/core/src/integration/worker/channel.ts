import fs from 'node:fs';
import type { MarkerMessage } from '../../model/marker.js';
import { type Answer, answerFile } from '../../model/session.js';
import { now } from './clock.js';
import { markWriter } from './mark.js';

/** Both directions between a test thread and the supervisor: markers in the trace, answers in a file. */
export type Channel = {
  /** Writes one marker; it is in the trace before this returns. */
  write(messages: readonly MarkerMessage[]): void;
  /** Answers that have come since the last look; never waits. */
  look(): Answer[];
  /** Waits at most `ms` for the answer to question `n`; null when it does not come. Blocks the thread, needs no event loop. */
  wait(n: number, ms: number): Answer | null;
};

/** Opens the channel of a thread named `worker`. What it uses of Node is taken now, before user code can replace it. */
export const openChannel = (folder: string, nonce: string, worker: string): Channel => {
  const file = openSync(answerFile(folder, worker), 'a+', 0o600);
  const reader = answerReader(file);
  const write = markWriter(nonce);
  const wait = (n: number, ms: number): Answer | null => {
    const deadline = now() + ms * 1000;
    for (;;) {
      const answer = reader().find((candidate) => candidate.n === n);
      if (answer) return answer;
      if (now() > deadline) return null;
      atomicsWait(nap, 0, 0, 0.05);
    }
  };
  return { write, look: reader, wait };
};

const answerReader = (file: number): (() => Answer[]) => {
  const buffer = Buffer.alloc(65_536);
  let position = 0;
  let rest = '';
  return () => {
    const answers: Answer[] = [];
    for (let size = readAt(file, buffer, position); size > 0; size = readAt(file, buffer, position)) {
      position += size;
      const lines = (rest + buffer.toString('latin1', 0, size)).split('\n');
      rest = lines.pop() ?? '';
      for (const line of lines) answers.push(JSON.parse(Buffer.from(line, 'latin1').toString()) as Answer);
    }
    return answers;
  };
};

/** 0 when there is nothing, and when user code has closed the file: then no answer comes, and the supervisor's report has the last word. */
const readAt = (file: number, buffer: Buffer, position: number): number => {
  try {
    return readSync(file, buffer, 0, buffer.length, position);
  } catch {
    return 0;
  }
};

const { openSync, readSync } = fs;
const atomicsWait = Atomics.wait;
const nap = new Int32Array(new SharedArrayBuffer(4));
