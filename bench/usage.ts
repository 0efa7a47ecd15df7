import { readdirSync, readFileSync, readlinkSync } from 'node:fs';
import type { Usage } from './workload.js';

/** What a process has taken so far (proc(5): stat, VmHWM); null when it is gone. */
export const usageOf = (pid: number): Usage | null => {
  try {
    const fields = readFileSync(`/proc/${pid}/stat`, 'latin1')
      .replace(/^.*\) /s, '')
      .split(' ');
    const highest = /^VmHWM:\s*(\d+)/m.exec(readFileSync(`/proc/${pid}/status`, 'latin1'))?.[1];
    return highest === undefined ? null : { cpu: (Number(fields[11]) + Number(fields[12])) * tick, memory: Number(highest) / 1024 };
  } catch {
    return null;
  }
};

/** The process that reads the trace, among the descendants of `root`; null while there is none. */
export const findSupervisor = (root: number): number | null => descendants(root).find(readsTrace) ?? null;

const descendants = (pid: number): readonly number[] => {
  try {
    const children = readFileSync(`/proc/${pid}/task/${pid}/children`, 'latin1').trim();
    return children === '' ? [] : children.split(' ').flatMap((child) => [Number(child), ...descendants(Number(child))]);
  } catch {
    return [];
  }
};

/** strace has it open too. */
const readsTrace = (pid: number): boolean => {
  try {
    const folder = `/proc/${pid}/fd`;
    if (readlinkSync(`/proc/${pid}/exe`).endsWith('/strace')) return false;
    return readdirSync(folder).some((name) => /\/netaudit-[^/]+\/trace\b/.test(readlinkSync(`${folder}/${name}`)));
  } catch {
    return false;
  }
};

/** Of the clock in proc(5), ms (USER_HZ). */
const tick = 10;
