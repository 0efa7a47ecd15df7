import type { ProcessLife } from '../../model/course.js';
import type { Event } from '../../model/event.js';

type Life = { -readonly [Key in keyof ProcessLife]: ProcessLife[Key] };

/** The processes of a trace, the dead ones too, in the order in which they were born. */
export class Lives {
  readonly #lives: Life[] = [];
  readonly #living = new Map<number, Life>();

  apply(event: Event): void {
    if (event.kind === 'unread' || event.kind === 'lost') return;
    const life = this.#living.get(event.pid) ?? this.#bear(event.pid, null, event.ts);
    if (event.kind === 'fork' && !event.thread) this.#bear(event.child, life, event.ts);
    else if (event.kind === 'exec') Object.assign(life, { argv: event.argv ?? [event.file], file: event.file });
    else if (event.kind === 'exit' && event.tid === event.pid) {
      Object.assign(life, { to: event.ts, code: event.code, signal: event.signal });
      this.#living.delete(event.pid);
    }
  }

  get list(): readonly ProcessLife[] {
    return this.#lives;
  }

  /** A child runs the program of its parent until its first exec. */
  #bear(pid: number, parent: Life | null, from: number): Life {
    const { argv = null, file = null } = parent ?? {};
    const life: Life = { pid, parent: parent?.pid ?? null, argv, file, from, to: null, code: null, signal: null };
    this.#living.set(pid, life);
    if (this.#lives.length < most) this.#lives.push(life);
    return life;
  }
}

const most = 20_000;
