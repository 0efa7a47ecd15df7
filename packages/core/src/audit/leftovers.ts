import { setTimeout as sleep } from 'node:timers/promises';
import type { ProcessInfo } from '../model/report.js';
import { tracerOf } from '../process/reaper.js';

/**
 * Ends processes that outlive the command: SIGTERM, then SIGKILL. `tracer` null: the tracer is gone, and with its seccomp filter left
 * behind every traced call of theirs fails (seccomp(2), SECCOMP_RET_TRACE), so they can not go on. Resolves when none is left, or after 3 s.
 */
export const stopProcesses = async (living: () => readonly ProcessInfo[], tracer: number | null): Promise<void> => {
  for (const signal of ['SIGTERM', 'SIGKILL'] as const) {
    for (const { pid } of living()) if (tracer === null ? exists(pid) : tracerOf(pid) === tracer) kill(pid, signal);
    for (let waited = 0; waited < 1500; waited += 50) {
      if (living().every(({ pid }) => !exists(pid))) return;
      await sleep(50);
    }
  }
};

const kill = (pid: number, signal: NodeJS.Signals): void => {
  try {
    process.kill(pid, signal);
  } catch {
    // It ended by itself meanwhile.
  }
};

const exists = (pid: number): boolean => tracerOf(pid) !== null;
