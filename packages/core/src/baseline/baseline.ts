import { type BaselineEntry, entryKey, scopeKey, scopeName } from '../model/baseline.js';
import { destinationKey } from '../model/destination.js';
import type { Aim } from '../model/event.js';
import type { HostName, RanFile } from '../model/report.js';
import type { Owner } from '../model/scope.js';
import { readBaselineFile } from './file.js';
import { parseBaseline } from './parse.js';

/** Accepted violations, as a file holds them. */
export class Baseline {
  /** The file, for messages. */
  readonly file: string;
  readonly entries: readonly BaselineEntry[];

  constructor(entries: readonly BaselineEntry[], file: string) {
    this.entries = entries;
    this.file = file;
  }

  /** Throws a NetauditError (BASELINE_READ, BASELINE_SYNTAX) that names file, line and column. */
  static fromFile(path: string): Baseline {
    return new Baseline(parseBaseline(readBaselineFile(path), path), path);
  }
}

/** What a call does and whose it is. */
export type Attempt = { readonly event: Pick<Aim, 'family' | 'addr' | 'port'>; readonly owner: Owner };

/** A baseline in one run: which violations it knows, and which entries are still needed. */
export class KnownViolations {
  readonly #baseline: Baseline;
  readonly #byKey: ReadonlyMap<string, BaselineEntry>;
  readonly #used = new Set<string>();

  constructor(baseline: Baseline) {
    this.#baseline = baseline;
    this.#byKey = new Map(baseline.entries.map((entry) => [entryKey(entry), entry]));
  }

  /** Whether the baseline holds it, by its address or one of its names; where the owner is not sure, for each candidate. */
  has({ event, owner }: Attempt, names: readonly HostName[]): boolean {
    const destinations = new Set([...names.map(({ name }) => destinationKey(event, name)), destinationKey(event, null)]);
    const scopes = owner.scope || owner.candidates.length === 0 ? [owner.scope] : owner.candidates;
    const found = scopes.map((scope) =>
      [...destinations].map((to) => entryKey({ ...scopeName(scope), to })).filter((key) => this.#byKey.has(key)),
    );
    if (found.some((keys) => keys.length === 0)) return false;
    for (const key of found.flat()) this.#used.add(key);
    return true;
  }

  /** The entries that were not needed: whose scope was run, and the others. `ran` null: what was run is not known. */
  unused(ran: readonly RanFile[] | null): { readonly gone: readonly BaselineEntry[]; readonly notRun: readonly BaselineEntry[] } {
    const left = this.#baseline.entries.filter((entry) => !this.#used.has(entryKey(entry)));
    const wasRun = ran && scopesOf(ran);
    return { gone: left.filter((entry) => wasRun?.(entry)), notRun: left.filter((entry) => !wasRun?.(entry)) };
  }
}

/** Whether a scope was run: a test by its name, what belongs to a file when a test of that file was, and the run always. */
export const scopesOf = (ran: readonly RanFile[]): ((entry: BaselineEntry) => boolean) => {
  const files = new Set(ran.map(({ file, project = '' }) => JSON.stringify([project, file])));
  const tests = new Set(
    ran.flatMap(({ file, project, tests: titles }) => titles.map((title) => scopeKey({ project, file, kind: 'test', title }))),
  );
  return (entry) => {
    if (entry.file === null) return true;
    return entry.kind === 'test' ? tests.has(scopeKey(entry)) : files.has(JSON.stringify([entry.project ?? '', entry.file]));
  };
};
