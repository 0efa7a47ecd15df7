import type { Owner } from '../model/scope.js';
import { type Knowledge, ownerOfBirth } from './owner.js';
import type { Task } from './processes.js';

/** Who owns what tasks do that do not tell it themselves: the owner of the call that made them, as far as that is known. */
export class Births {
  readonly #heirs = new WeakMap<Task, Owner>();
  /** Parents before children. */
  readonly #open = new Set<Task>();

  /** Whether it is the only one that is not settled: then it may be settled at once. */
  add(task: Task): boolean {
    this.#open.add(task);
    return this.#open.size === 1;
  }

  get count(): number {
    return this.#open.size;
  }

  heirOf(task: Task): Owner | null {
    return this.#heirs.get(task) ?? null;
  }

  /** When the first was born that is not settled; infinite when there is none. */
  get since(): number {
    const [first] = this.#open;
    return first?.born ?? Number.POSITIVE_INFINITY;
  }

  settle(knowledge: Knowledge): void {
    for (const task of this.#open) {
      if (task.parent && this.#open.has(task.parent) && !knowledge.runnerOf(task.parent)) continue;
      const owner = ownerOfBirth(task, knowledge);
      if (!owner) continue;
      this.#heirs.set(task, owner);
      this.#open.delete(task);
      if (task.depth > mostGenerations) shorten(task, knowledge);
    }
  }
}

/** Processes that go on as their own children, again and again, make no line without end: it goes on from the thread that runs tests. */
const shorten = (task: Task, { runnerOf }: Knowledge): void => {
  let above = task.parent;
  while (above && !runnerOf(above)) above = above.parent;
  task.parent = above;
  task.depth = above ? above.depth + 1 : 0;
};

const mostGenerations = 200;
