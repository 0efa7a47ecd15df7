import type { RanFile } from '../model/report.js';
import type { Scope } from '../model/scope.js';

/** The test files and tests that were run, each once, in the order in which they were told. */
export class Ran {
  readonly #files = new Map<string, { readonly file: string; readonly project?: string | undefined; readonly tests: Set<string> }>();
  #count = 0;

  add({ kind, file, project, names }: Scope): void {
    if (file === null || this.#count > most) return;
    const key = JSON.stringify([project ?? '', file]);
    const known = this.#files.get(key) ?? { file, ...(project && { project }), tests: new Set() };
    this.#files.set(key, known);
    if (kind !== 'test') return;
    known.tests.add(names.join(' > '));
    this.#count += 1;
  }

  /** null when there were too many to tell. */
  get list(): readonly RanFile[] | null {
    if (this.#count > most) return null;
    return [...this.#files.values()].map(({ tests, ...file }) => ({ ...file, tests: [...tests] }));
  }
}

/** What several traces of a run tell, as one list. */
export const mergeRan = (lists: readonly (readonly RanFile[] | null | undefined)[]): readonly RanFile[] | null => {
  if (lists.some((list) => !list)) return null;
  const merged = new Map<string, RanFile>();
  for (const ran of lists.flatMap((list) => list ?? [])) {
    const key = JSON.stringify([ran.project ?? '', ran.file]);
    const known = merged.get(key);
    merged.set(key, known ? { ...known, tests: [...new Set([...known.tests, ...ran.tests])] } : ran);
  }
  return [...merged.values()];
};

const most = 100_000;
