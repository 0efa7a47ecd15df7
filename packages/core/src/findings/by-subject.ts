import type { Conclusion, Noted, Observed } from './detector.js';
import { Tally } from './tally.js';

/** One tally for each subject, in the order in which they were first seen; at most 1,000, what comes after these is counted together. */
export class BySubject {
  readonly #tallies = new Map<string, Tally>();

  add(subject: string, observed: Observed): void {
    this.of(subject).add(observed);
  }

  note(subject: string, noted: Noted): void {
    this.of(subject).note(noted);
  }

  of(subject: string): Tally {
    const key = this.#tallies.has(subject) || this.#tallies.size < mostSubjects ? subject : others;
    const known = this.#tallies.get(key);
    if (known) return known;
    const tally = new Tally();
    this.#tallies.set(key, tally);
    return tally;
  }

  /** `message` is given the subject. */
  conclude(message: (subject: string) => string): readonly Conclusion[] {
    return [...this.#tallies].map(([subject, tally]) => ({ subject, message: message(subject), tally }));
  }
}

const mostSubjects = 1000;
const others = 'others';
