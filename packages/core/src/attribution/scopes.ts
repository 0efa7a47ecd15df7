import type { Scope } from '../model/scope.js';

/** The scopes that were told, the latest as many as there may be tests in one suite; one that is open is never forgotten. */
export class Scopes {
  readonly #known = new Map<string, Scope>();

  get(id: string): Scope | undefined {
    return this.#known.get(id);
  }

  /** Returns the id of a scope that had to be forgotten for it, or null. */
  add(scope: Scope, isOpen: (id: string) => boolean): string | null {
    this.#known.delete(scope.id);
    this.#known.set(scope.id, scope);
    const [oldest] = this.#known;
    if (this.#known.size <= most || !oldest) return null;
    const [id, old] = oldest;
    this.#known.delete(id);
    if (!isOpen(id)) return id;
    this.#known.set(id, old);
    return null;
  }
}

const most = 120_000;
