import { spawn } from 'node:child_process';
import { existsSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { findSupervisor, usageOf } from './usage.js';
import type { Sample, Usage, Variant, Workload } from './workload.js';

/**
 * Runs one variant once. CPU is user and system time of the whole process tree, tracer and supervisor included: the command runs in a PID
 * namespace, whose first process waits for every other one, also for those that were left by their parents (times(2)).
 */
export const measure = async (workload: Workload, variant: Variant, folder: string): Promise<Sample> => {
  const elapsed = join(folder, 'elapsed');
  rmSync(elapsed, { force: true });
  const env = { ...process.env, CI: 'true', NO_COLOR: '1', ...variant.env };
  const begin = process.hrtime.bigint();
  const run = spawn(
    'unshare',
    [...identity, '--pid', '--fork', '--mount-proc', '--kill-child', 'bash', '-c', script, 'bash', ...variant.command],
    {
      cwd: folder,
      env,
      stdio: ['ignore', 'pipe', 'pipe', 'pipe'],
    },
  );
  const watch = workload.withSupervisor && variant.name === 'netaudit' ? watchSupervisor(run.pid ?? 0) : null;
  const [out, err, times, code] = await Promise.all([
    ...[run.stdout, run.stderr, run.stdio[3] as NodeJS.ReadableStream].map((stream) => text(stream as NodeJS.ReadableStream)),
    new Promise<number | null>((resolve) => run.once('close', resolve)),
  ]);
  const wall = Number(process.hrtime.bigint() - begin) / 1e6;
  const supervisor = watch?.() ?? null;
  if (code !== 0) throw new Error(`${workload.name}, ${variant.name}: exit ${code}\n${out}\n${err}`);
  return { wall, cpu: cpuOf(String(times)), operation: workload.hasOwnClock ? clockIn(elapsed, workload.name) : null, supervisor };
};

/** Looks at the supervisor now and then; what is returned stops that, and gives the last look. */
const watchSupervisor = (root: number): (() => Usage | null) => {
  let pid: number | null = null;
  let last: Usage | null = null;
  const timer = setInterval(() => {
    pid ??= findSupervisor(root);
    if (pid !== null) last = usageOf(pid) ?? last;
  }, 50);
  return () => {
    clearInterval(timer);
    return last;
  };
};

const clockIn = (file: string, name: string): number => {
  if (!existsSync(file)) throw new Error(`${name} did not say what its operations took`);
  return Number(readFileSync(file, 'utf8'));
};

/** The second line of bash's `times`: user and system time of the children, as in `0m1.234s 0m0.567s`. */
const cpuOf = (times: string): number => {
  const [, children = ''] = times.trim().split('\n');
  return [...children.matchAll(/(\d+)m([\d.]+)s/g)].reduce(
    (sum, [, minutes, seconds]) => sum + Number(minutes) * 60_000 + Number(seconds) * 1000,
    0,
  );
};

// bash, as the first process, waits for what it did not start too; the tracer ends a moment after the command.
const script = '"$@"; code=$?; sleep 0.1; times >&3; exit $code';
const identity = process.getuid?.() === 0 ? [] : ['--user', '--map-root-user'];
