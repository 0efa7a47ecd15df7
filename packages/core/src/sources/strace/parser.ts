import type { ConnectEvent, Event } from '../../model/event.js';
import { createClock } from './clock.js';
import { decodeStep } from './decode.js';
import { createIdentity } from './identity.js';
import { createJoiner, type Step } from './join.js';
import { readLine } from './line.js';

/** Reads the connects of strace output line by line; for every kind of event use `createStraceDecoder`. */
export class StraceParser {
  /** Lines that were no part of a connect that could be read. */
  skipped = 0;
  #lines = 0;
  readonly #clock = createClock();
  readonly #joiner = createJoiner();
  readonly #identity = createIdentity('strace');
  #found: ConnectEvent[] = [];

  /** Returns the connect that `line` completes, or `null`; a call in two halves is one event, given at its second half. */
  parseLine(line: string): ConnectEvent | null {
    this.#read(line);
    return this.#found.shift() ?? null;
  }

  /** Returns the connects of all `lines`; one that never returned has the result `null`. */
  parseStream(lines: Iterable<string>): ConnectEvent[] {
    for (const line of lines) this.#read(line);
    this.#take(this.#joiner.end());
    const found = this.#found;
    this.#found = [];
    return found;
  }

  #read(line: string): void {
    this.#lines += 1;
    const text = line.replace(/\r?\n?$/, '');
    this.#take(this.#joiner.push(readLine(text, this.#lines, this.#clock)));
  }

  #take(steps: readonly Step[]): void {
    for (const step of steps) {
      const events: Event[] = [];
      for (const draft of decodeStep(step).drafts) this.#identity.identify(draft, (event) => void events.push(event));
      const connects = events.filter(isConnect);
      if (connects.length === 0) this.skipped += linesOf(step);
      this.#found.push(...connects);
    }
  }
}

const isConnect = (event: Event): event is ConnectEvent => event.kind === 'connect';

/** Lines that a step used up; the first half of a call is counted with its second. */
const linesOf = (step: Step): number => {
  if (step.kind === 'entered') return 0;
  return step.kind === 'line' ? 1 : step.call.lines;
};
