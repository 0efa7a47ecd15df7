import { bellFile, isQuestion, type Question } from '../model/session.js';
import { type LineFifo, readLinesOfFifo } from '../process/line-fifo.js';

/**
 * Until it is closed: calls `onRing` when a thread waits for an answer, with its question, or null when that is in the trace. A line of another
 * form, or with another nonce, asks nothing. Does not keep the process alive.
 */
export const openBell = (folder: string, nonce: string, onRing: (question: Question | null) => void): LineFifo =>
  readLinesOfFifo(bellFile(folder), (line) => onRing(readQuestion(line, nonce)));

const readQuestion = (line: string, nonce: string): Question | null => {
  try {
    const question: unknown = JSON.parse(line);
    return isQuestion(question) && question.nonce === nonce ? question : null;
  } catch {
    return null;
  }
};
