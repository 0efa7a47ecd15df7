import type { Lane, Span, Timeline } from '../../model/course.js';
import type { Event } from '../../model/event.js';
import type { Scope } from '../../model/scope.js';

type Open<Item> = { -readonly [Key in keyof Item]: Item[Key] };

/** Which scopes were open on which test thread, and when. */
export class Lanes {
  readonly #lanes: Open<Lane>[] = [];
  readonly #spans: Open<Span>[] = [];
  readonly #laneOf = new Map<string, number>();
  /** By lane and scope. */
  readonly #open = new Map<string, Open<Span>>();
  readonly #attempts = new Map<string, number>();
  #omitted = 0;

  begin(worker: string, task: { readonly pid: number; readonly tid: number }, from: number): void {
    if (this.#laneOf.has(worker)) return;
    this.#laneOf.set(worker, this.#lanes.push({ worker, ...task, from, to: null }) - 1);
  }

  /** A scope begins (`open`) or ends on the thread, at `at`; one that is open goes on. */
  stamp(worker: string, scope: Scope, open: boolean, at: number): void {
    const lane = this.#laneOf.get(worker);
    if (lane === undefined) return;
    const key = `${lane} ${scope.id}`;
    const span = this.#open.get(key);
    if (!open && span) {
      span.to = at;
      this.#open.delete(key);
    } else if (open && !span) this.#add(key, { lane, scope, from: at, to: null, attempt: this.#attemptOf(scope) });
  }

  apply(event: Event): void {
    if (event.kind !== 'exit') return;
    for (const lane of this.#lanes) if (lane.tid === event.tid && lane.to === null) lane.to = event.ts;
  }

  get timeline(): Timeline {
    return { lanes: this.#lanes, spans: this.#spans, omitted: this.#omitted };
  }

  #attemptOf({ id }: Scope): number {
    const attempt = (this.#attempts.get(id) ?? 0) + 1;
    this.#attempts.set(id, attempt);
    return attempt;
  }

  #add(key: string, span: Open<Span>): void {
    if (this.#spans.length >= most) {
      this.#omitted += 1;
      return;
    }
    this.#spans.push(span);
    this.#open.set(key, span);
  }
}

const most = 100_000;
