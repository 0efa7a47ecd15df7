import type { Event, ForkEvent } from '../model/event.js';
import type { ProcessInfo } from '../model/report.js';

/** One thread of the traced tree. `parent` is the task that made it, null for the first one and where the trace does not say. */
export type Task = {
  readonly tid: number;
  readonly parent: Task | null;
  /** µs since the epoch; when it was made. */
  readonly born: number;
  /** The process it is a thread of; for a leader its own. Its argv is that of the last exec, inherited over a fork. */
  readonly process: { readonly pid: number; argv: readonly string[] | null };
  alive: boolean;
};

/** The process tree as the trace has told it so far. A thread id that is used again is a new task. */
export class ProcessTree {
  readonly #tasks = new Map<number, Task>();

  /** Takes one event, in the order of the trace. */
  apply(event: Event): void {
    if (event.kind === 'fork') this.#fork(event);
    else if (event.kind === 'exec') this.#exec(this.taskOf(event.tid, event.ts), event.argv ?? [event.file]);
    else if (event.kind === 'exit') this.#exit(event.tid);
    else if (event.kind !== 'unread' && event.kind !== 'lost') this.taskOf(event.tid, event.ts);
  }

  /** The task with this thread id now; one that was never announced is its own root. */
  taskOf(tid: number, ts: number): Task {
    const known = this.#tasks.get(tid);
    if (known?.alive) return known;
    const root: Task = { tid, parent: null, born: ts, process: { pid: tid, argv: null }, alive: true };
    this.#tasks.set(tid, root);
    return root;
  }

  /** The process of an event, as far as it is known; knowing it changes nothing. */
  processOf({ tid, pid }: Event): ProcessInfo {
    const { process } = this.#tasks.get(tid) ?? { process: { pid, argv: null } };
    return { pid: process.pid, argv: process.argv };
  }

  /** Processes of which a thread has not ended. */
  living(): ProcessInfo[] {
    const processes = new Map([...this.#tasks.values()].filter((task) => task.alive).map((task) => [task.process.pid, task.process]));
    return [...processes.values()].map(({ pid, argv }) => ({ pid, argv }));
  }

  #fork(event: ForkEvent): void {
    const parent = this.taskOf(event.tid, event.ts);
    const process = event.thread ? parent.process : { pid: event.child, argv: parent.process.argv };
    this.#tasks.set(event.child, { tid: event.child, parent, born: event.ts, process, alive: true });
  }

  /** A new program; the other threads of the process end with the old one (execve(2)). */
  #exec(task: Task, argv: readonly string[]): void {
    task.process.argv = argv;
    for (const other of this.#tasks.values()) if (other.process === task.process && other !== task) other.alive = false;
  }

  #exit(tid: number): void {
    const task = this.#tasks.get(tid);
    if (task) task.alive = false;
  }
}
