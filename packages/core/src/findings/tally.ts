import type { Origin } from '../model/origin.js';
import type { ProcessInfo, ViolationScope } from '../model/report.js';
import type { Owner } from '../model/scope.js';
import type { Noted, Observed } from './detector.js';
import { processKey } from './process-key.js';

/** Counts events of one subject by owner, and keeps a few of each as examples: bounded, however many come. */
export class Tally {
  readonly #owners = new Map<string, Entry>();
  readonly #evidence: string[] = [];
  #others = 0;
  count = 0;

  /** Counts one event. */
  add({ judged: { event, owner, process }, origin }: Observed): void {
    this.#count(event, owner, process)?.origins.push(origin);
  }

  /** Counts what is no egress. */
  note({ event, owner, process }: Noted): void {
    this.#count(event, owner, process);
  }

  /** The owner's entry, while it has room for an origin. */
  #count(event: { readonly rawLine: string; readonly pid: number }, owner: Owner, process: ProcessInfo): Entry | null {
    this.count += 1;
    this.show(event.rawLine);
    const entry = this.#entryOf(owner, event);
    if (!entry) return null;
    entry.count += 1;
    entry.processes.set(processKey(process), process);
    if (entry.processes.size > mostExamples) entry.processes.delete([...entry.processes.keys()].at(-1) ?? '');
    return entry.origins.length < mostExamples ? entry : null;
  }

  /** Keeps a line of the trace as evidence, if it is one of the first. */
  show(rawLine: string): void {
    if (this.#evidence.length < mostEvidence && rawLine !== '') this.#evidence.push(rawLine.slice(0, longestEvidence));
  }

  /** Counts what has no owner. */
  addUnowned(rawLine: string): void {
    this.count += 1;
    this.show(rawLine);
  }

  get evidence(): readonly string[] {
    return this.#evidence;
  }

  /** Who had to do with it; what came from more owners than are kept is counted under none. */
  scopes(): readonly ViolationScope[] {
    const named = [...this.#owners.values()].map(({ owner, count, processes, origins }) => ({
      ...owner,
      count,
      processes: [...processes.values()],
      origins: distinct(origins.flatMap((origin) => origin() ?? [])),
    }));
    return this.#others === 0 ? named : [...named, { ...nobody, count: this.#others }];
  }

  #entryOf({ attempt: _, ...owner }: Owner, { pid }: { readonly pid: number }): Entry | null {
    const { method, scope, candidates, timing } = owner;
    const key = JSON.stringify([method, scope?.id ?? `pid ${pid}`, candidates.map(({ id }) => id), timing]);
    const known = this.#owners.get(key);
    if (known) return known;
    if (this.#owners.size >= mostOwners) {
      this.#others += 1;
      return null;
    }
    const entry: Entry = { owner, count: 0, processes: new Map(), origins: [] };
    this.#owners.set(key, entry);
    return entry;
  }
}

type Entry = {
  readonly owner: Omit<Owner, 'attempt'>;
  count: number;
  readonly processes: Map<string, ProcessInfo>;
  readonly origins: (() => Origin | null)[];
};

const distinct = (origins: readonly Origin[]): Origin[] => [...new Map(origins.map((origin) => [origin.call, origin])).values()];

const nobody = { method: 'none', scope: null, candidates: [], timing: null, processes: [], origins: [] } as const;

/** How many different owners, examples of each, and lines of evidence are kept. */
const mostOwners = 1000;
const mostExamples = 5;
const mostEvidence = 3;
const longestEvidence = 500;
