import { closeSync, constants, openSync, writeSync } from 'node:fs';
import { answerFile } from '../model/session.js';

/** The files that test threads read their answers from; the last ones are kept open. */
export class AnswerFiles {
  readonly #folder: string;
  readonly #open = new Map<string, number>();

  constructor(folder: string) {
    this.#folder = folder;
  }

  /** Nothing is read by a thread that has made no file, or whose file was deleted: it goes on without an answer, and the report has the last word. */
  append(worker: string, text: string): void {
    try {
      writeSync(this.#descriptor(worker), text);
    } catch {
      // The file is gone, or the disk is full.
    }
  }

  close(): void {
    for (const worker of this.#open.keys()) this.#close(worker);
  }

  #descriptor(worker: string): number {
    const known = this.#open.get(worker);
    if (known !== undefined) return known;
    const fd = openSync(answerFile(this.#folder, worker), constants.O_WRONLY | constants.O_APPEND | constants.O_NOFOLLOW);
    this.#open.set(worker, fd);
    const [oldest] = this.#open.keys();
    if (this.#open.size > mostOpen && oldest !== undefined) this.#close(oldest);
    return fd;
  }

  #close(worker: string): void {
    const fd = this.#open.get(worker);
    this.#open.delete(worker);
    if (fd !== undefined) closeSync(fd);
  }
}

const mostOpen = 64;
