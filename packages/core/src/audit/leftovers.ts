import { setTimeout as sleep } from 'node:timers/promises';
import type { ProcessInfo } from '../model/report.js';
import { tracedBy, tracerOf } from '../process/reaper.js';

/**
 * Ends processes that outlive the command: SIGTERM, then SIGKILL. `tracer` null: the tracer is gone, and with its seccomp filter left
 * behind every traced call of theirs fails (seccomp(2), SECCOMP_RET_TRACE), so they can not go on. Resolves when none is left, or after some seconds.
 */
export const stopProcesses = async (living: () => readonly ProcessInfo[], tracer: number | null): Promise<void> => {
  const targets = (): readonly number[] =>
    tracer === null
      ? living()
          .map(({ pid }) => pid)
          .filter(exists)
      : tracedBy(tracer);
  for (const pid of targets()) kill(pid, 'SIGTERM');
  for (let round = 0; round < 3 && !(await areGone(targets)); round += 1) {
    await hold(targets);
    for (const pid of targets()) kill(pid, 'SIGKILL');
  }
};

/** Processes that make others faster than these can be ended are stopped first: the stopped make none, and keep their share of every limit. */
const hold = async (targets: () => readonly number[]): Promise<void> => {
  const held = new Set<number>();
  for (let round = 0; round < 200; round += 1) {
    const fresh = targets().filter((pid) => !held.has(pid));
    if (fresh.length === 0) return;
    for (const pid of fresh) kill(pid, 'SIGSTOP');
    for (const pid of fresh) held.add(pid);
    await sleep(1);
  }
};

const areGone = async (targets: () => readonly number[]): Promise<boolean> => {
  for (let waited = 0; waited < 1500; waited += 50) {
    if (targets().length === 0) return true;
    await sleep(50);
  }
  return false;
};

const kill = (pid: number, signal: NodeJS.Signals): void => {
  try {
    process.kill(pid, signal);
  } catch {
    // It ended by itself meanwhile.
  }
};

const exists = (pid: number): boolean => tracerOf(pid) !== null;
