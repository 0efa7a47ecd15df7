import { execFileSync } from 'node:child_process';
import { constants, openSync } from 'node:fs';
import { Socket } from 'node:net';
import { bellFile, isQuestion, type Question } from '../model/session.js';

/**
 * Until it is closed: calls `onRing` when a thread waits for an answer, with its question, or null when that is in the trace. A line of another
 * form, or with another nonce, asks nothing. Does not keep the process alive.
 */
export const openBell = (folder: string, nonce: string, onRing: (question: Question | null) => void): { close(): void } => {
  const path = bellFile(folder);
  execFileSync('mkfifo', ['-m', '600', path]);
  // With a writer of our own it has no end (fifo(7)).
  const bell = new Socket({ fd: openSync(path, constants.O_RDWR | constants.O_NONBLOCK), readable: true, writable: false }).unref();
  let rest = '';
  bell.on('data', (chunk) => {
    const lines = (rest + chunk.toString()).split('\n');
    rest = lines.pop()?.slice(-longestLine) ?? '';
    for (const line of lines) onRing(readQuestion(line, nonce));
  });
  bell.on('error', () => bell.destroy());
  return { close: () => void bell.destroy() };
};

const readQuestion = (line: string, nonce: string): Question | null => {
  try {
    const question: unknown = JSON.parse(line);
    return isQuestion(question) && question.nonce === nonce ? question : null;
  } catch {
    return null;
  }
};

/** What is longer is torn: PIPE_BUF, pipe(7). */
const longestLine = 4096;
