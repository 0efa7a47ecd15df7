import fs from 'node:fs';
import { encodeMarker, type MarkerMessage } from '../../model/marker.js';
import { now } from './clock.js';

/** Writes markers of one thread: each is in the trace before the call returns. */
export const markWriter = (nonce: string): ((messages: readonly MarkerMessage[]) => void) => {
  let id = 0;
  return (messages) => {
    id += 1;
    for (const path of encodeMarker(nonce, id, { at: now(), messages })) mark(path);
  };
};

/** lchown(2) of a path that does not exist: it fails, changes nothing, and is one line of the trace, with the thread's id. */
const mark = (path: string): void => {
  const limit = Error.stackTraceLimit;
  Error.stackTraceLimit = 0;
  try {
    lchownSync(path, -1, -1);
  } catch {
    // It always fails.
  } finally {
    Error.stackTraceLimit = limit;
  }
};

const { lchownSync } = fs;
