import { createHash } from 'node:crypto';
import type { Event } from '../model/event.js';
import type { FindingCode, FindingPolicy, RuleFindingCode } from '../model/finding.js';
import type { Finding, ProcessInfo } from '../model/report.js';
import type { Conclusion, Detector, Noted, Observed } from './detector.js';
import { blindSpot } from './detectors/blind-spot.js';
import { cloudMetadata } from './detectors/cloud-metadata.js';
import { door } from './detectors/door.js';
import { refusedLoopback } from './detectors/refused-loopback.js';
import { slowConnect } from './detectors/slow-connect.js';
import { detached, late } from './detectors/timing.js';
import { warned } from './detectors/warned.js';

/** The detectors of one run, which may have several traces. */
export class Findings {
  readonly #running: readonly Running[];
  readonly #charged: readonly Detector[];
  readonly #seeing: readonly Detector[];

  constructor(policy: FindingPolicy) {
    this.#running = Object.entries(detectors).flatMap(([code, create]) => {
      const level = policy[code as FindingCode];
      return level === 'off' ? [] : [{ code: code as FindingCode, level, detector: create() }];
    });
    const all = this.#running.map(({ detector }) => detector);
    this.#charged = all.filter(({ charged }) => charged);
    this.#seeing = all.filter(({ seen }) => seen);
  }

  /** Returns whether it was of concern to any. */
  charged(observed: Observed): boolean {
    let isOfConcern = false;
    for (const detector of this.#charged) if (detector.charged?.(observed)) isOfConcern = true;
    return isOfConcern;
  }

  noted(noted: Noted): void {
    for (const { detector } of this.#running) detector.noted?.(noted);
  }

  seen(event: Event, process: () => ProcessInfo): void {
    for (const detector of this.#seeing) detector.seen?.(event, process);
  }

  /** What was found, the ones that fail the run first. */
  conclude(): readonly Finding[] {
    const all = this.#running.flatMap((running) => running.detector.conclude().map((conclusion) => findingOf(running, conclusion)));
    return [...all.filter(({ level }) => level === 'fail'), ...all.filter(({ level }) => level === 'warn')];
  }
}

type Running = { readonly code: FindingCode; readonly level: 'fail' | 'warn'; readonly detector: Detector };

const findingOf = ({ code, level }: Running, { subject, message, tally }: Conclusion): Finding => ({
  id: findingId(code, subject),
  code,
  level,
  subject,
  message,
  count: tally.count,
  scopes: tally.scopes(),
  evidence: tally.evidence,
});

/** The same for the same code and subject in every run. */
export const findingId = (code: FindingCode, subject: string): string =>
  `f-${createHash('sha256').update(`${code} ${subject}`).digest('hex').slice(0, 8)}`;

const detectors: Record<Exclude<FindingCode, RuleFindingCode>, () => Detector> = {
  'blind-spot': blindSpot,
  'cloud-metadata': cloudMetadata,
  detached,
  door,
  late,
  'refused-loopback': refusedLoopback,
  'slow-connect': slowConnect,
  warned,
};
