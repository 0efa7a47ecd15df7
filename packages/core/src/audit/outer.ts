import { decodeStart } from '../model/marker.js';
import { tracerOf } from '../process/reaper.js';
import { readSetting } from '../process/setting.js';

/** The program that traces this process: `ours` when it is the tracer of an audit, whatever environment this process was given. */
export type OuterTracer = { readonly pid: number; readonly name: string; readonly ours: boolean };

/** null when nobody traces this process. A process has one tracer at most (ptrace(2)). */
export const outerTracer = (): OuterTracer | null => {
  const pid = tracerOf('self');
  if (!pid) return null;
  const words = (readSetting(`/proc/${pid}/cmdline`) ?? '').split('\0');
  return { pid, name: readSetting(`/proc/${pid}/comm`) || 'unknown', ours: words.some((word) => decodeStart(word) !== null) };
};
