import { execFileSync } from 'node:child_process';
import { constants, openSync } from 'node:fs';
import { Socket } from 'node:net';
import { bellFile } from '../model/session.js';

/** Calls `onRing` when a thread waits for an answer, until it is closed. Does not keep the process alive. */
export const openBell = (folder: string, onRing: () => void): { close(): void } => {
  const path = bellFile(folder);
  execFileSync('mkfifo', ['-m', '600', path]);
  // With a writer of our own it has no end (fifo(7)).
  const bell = new Socket({ fd: openSync(path, constants.O_RDWR | constants.O_NONBLOCK), readable: true, writable: false }).unref();
  bell.on('data', onRing).on('error', () => bell.destroy());
  return { close: () => void bell.destroy() };
};
