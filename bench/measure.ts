import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import type { Sample, Variant, Workload } from './workload.js';

/**
 * Runs one variant once. CPU is user and system time of the whole process tree, tracer and supervisor included: the command runs in a PID
 * namespace, whose first process waits for every other one, also for those that were left by their parents (times(2)).
 */
export const measure = (workload: Workload, variant: Variant, folder: string): Sample => {
  const elapsed = join(folder, 'elapsed');
  rmSync(elapsed, { force: true });
  const env = { ...process.env, CI: 'true', NO_COLOR: '1', ...variant.env };
  const begin = process.hrtime.bigint();
  const run = spawnSync(
    'unshare',
    [...identity, '--pid', '--fork', '--mount-proc', '--kill-child', 'bash', '-c', script, 'bash', ...variant.command],
    {
      cwd: folder,
      env,
      encoding: 'utf8',
      maxBuffer: 1 << 28,
      stdio: ['ignore', 'pipe', 'pipe', 'pipe'],
    },
  );
  const wall = Number(process.hrtime.bigint() - begin) / 1e6;
  if (run.status !== 0) throw new Error(`${workload.name}, ${variant.name}: exit ${run.status}\n${run.stdout}\n${run.stderr}`);
  return { wall, cpu: cpuOf(String(run.output[3])), operation: operationOf(workload, elapsed) };
};

const operationOf = ({ operations, name }: Workload, file: string): number | null => {
  if (operations === undefined) return null;
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
