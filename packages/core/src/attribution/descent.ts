import type { ProcessInfo } from '../model/report.js';
import { infoOf, type Task } from './processes.js';

/** How a call came from the thread that runs tests, as things were when it was made. */
export type Descent = {
  readonly process: ProcessInfo;
  /** From the process that runs tests down to the one that made the call; that one alone where no thread that runs tests is above it. */
  readonly chain: readonly ProcessInfo[];
  /** The worker of that thread, and when (µs since the epoch) it made the call, or the process or thread from which the call came. */
  readonly begun: { readonly worker: string; readonly at: number } | null;
};

/** `workerOf`: the worker of a thread that runs tests, undefined for any other. */
export const descentOf = (task: Task, ts: number, workerOf: (task: Task) => string | undefined): Descent => {
  const process = infoOf(task.process);
  const chain = [process];
  let at = ts;
  for (let each: Task | null = task; each; each = each.parent) {
    const worker = workerOf(each);
    if (worker !== undefined) return { process, chain, begun: { worker, at } };
    at = each.born;
    if (each.parent && each.parent.process !== each.process) chain.unshift(infoOf(each.parent.process));
  }
  return { process, chain: [process], begun: null };
};
