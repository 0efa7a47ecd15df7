import type { Event, ExecEvent, ForkEvent } from '../model/event.js';
import type { ProcessInfo } from '../model/report.js';

/** One thread of the traced tree. `parent` is the task that made it, null for the first one and where the trace does not say. */
export type Task = {
  readonly tid: number;
  parent: Task | null;
  /** How many tasks are above it. */
  depth: number;
  /** µs since the epoch; when it was made. */
  readonly born: number;
  /** The process it is a thread of; for a leader its own. */
  readonly process: Process;
  alive: boolean;
  /** When it ended, once it did. */
  died: number;
};

/** `argv` and `file` are those of the last exec, inherited over a fork; `threads` are those that are alive. */
type Process = { readonly pid: number; argv: readonly string[] | null; file?: string; readonly threads: Set<Task> };

/** What is told of a process, as it is now. */
export const infoOf = ({ pid, argv, file }: Omit<Process, 'threads'>): ProcessInfo => ({ pid, argv, ...(file !== undefined && { file }) });

/** The living part of the process tree, as the trace has told it so far. A thread id that is used again is a new task. */
export class ProcessTree {
  readonly #tasks = new Map<number, Task>();

  /** Takes one event, in the order of the trace; returns the task that it made, if it did. */
  apply(event: Event): Task | null {
    if (event.kind === 'fork') return this.#fork(event);
    if (event.kind === 'exec') this.#exec(this.taskOf(event.tid, event.ts), event);
    else if (event.kind === 'exit') this.#exit(event.tid, event.ts);
    else if (event.kind !== 'unread' && event.kind !== 'lost') this.taskOf(event.tid, event.ts);
    return null;
  }

  /** The task with this thread id now; one that was never announced is its own root. */
  taskOf(tid: number, ts: number): Task {
    const known = this.#tasks.get(tid);
    return known ?? this.#add({ tid, parent: null, born: ts, process: { pid: tid, argv: null, threads: new Set() } });
  }

  /** As taskOf; null for one that was never announced. */
  knownTask(tid: number): Task | null {
    return this.#tasks.get(tid) ?? null;
  }

  /** The process of an event, as far as it is known; knowing it changes nothing. */
  processOf({ tid, pid }: Event): ProcessInfo {
    return infoOf(this.#tasks.get(tid)?.process ?? { pid, argv: null });
  }

  /** Processes of which a thread has not ended. */
  living(): ProcessInfo[] {
    const processes = new Map([...this.#tasks.values()].map((task) => [task.process.pid, task.process]));
    return [...processes.values()].map(({ pid, argv }) => ({ pid, argv }));
  }

  #fork(event: ForkEvent): Task {
    const parent = this.taskOf(event.tid, event.ts);
    this.#exit(event.child, event.ts);
    const process = event.thread ? parent.process : { ...parent.process, pid: event.child, threads: new Set<Task>() };
    return this.#add({ tid: event.child, parent, born: event.ts, process });
  }

  #add(made: Pick<Task, 'tid' | 'parent' | 'born' | 'process'>): Task {
    const task: Task = { ...made, depth: made.parent ? made.parent.depth + 1 : 0, alive: true, died: 0 };
    this.#tasks.set(task.tid, task);
    task.process.threads.add(task);
    return task;
  }

  /** A new program; the other threads of the process end with the old one (execve(2)). */
  #exec(task: Task, { argv, file, ts }: ExecEvent): void {
    task.process.argv = argv ?? [file];
    task.process.file = file;
    for (const other of task.process.threads) if (other !== task) this.#exit(other.tid, ts);
  }

  #exit(tid: number, ts: number): void {
    const task = this.#tasks.get(tid);
    if (!task) return;
    task.alive = false;
    task.died = ts;
    task.process.threads.delete(task);
    this.#tasks.delete(tid);
  }
}
