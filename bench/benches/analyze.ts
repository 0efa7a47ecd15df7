import { spawn, spawnSync } from 'node:child_process';
import { closeSync, mkdtempSync, openSync, rmSync, statSync } from 'node:fs';
import os from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { type Bench, type Effort, roundsOf } from '../bench.js';
import { median, spread } from '../statistics.js';
import { usageOf } from '../usage.js';

/** Large logs, read by `netaudit analyze` and searched by `grep -c 'connect('`, in turn. */
export const analyze: Bench = {
  what: 'a log of connects alone, and one in which they are one call among 200',
  table: async (effort) => {
    const folder = mkdtempSync(join(os.tmpdir(), 'bench-analyze-'));
    try {
      const rows: string[] = [];
      for (const log of logs(effort.short ? 0.02 : 1)) rows.push(...(await rowsOf(generated(folder, log), effort)));
      return [...heading, ...rows].join('\n');
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  },
};

type Log = { readonly kind: 'dense' | 'sparse'; readonly size: string };
type Generated = Log & { readonly file: string; readonly connects: number };
/** Seconds, and MB at the most. */
type Taken = { readonly wall: number; readonly cpu: number; readonly memory: number };

const logs = (share: number): readonly Log[] => [
  { kind: 'dense', size: String(168e6 * share) },
  { kind: 'sparse', size: String(500e6 * share) },
];

const heading = [
  '| log | read by | wall, s | CPU, s | MB in a second of CPU | memory at the most, MB | wall, times grep | rounds |',
  '| --- | --- | --- | --- | --- | --- | --- | --- |',
];

const generated = (folder: string, log: Log): Generated => {
  const file = join(folder, `${log.kind}.trace`);
  const out = openSync(file, 'w');
  const made = spawnSync(process.execPath, [generator, log.size, '1', log.kind], { stdio: ['ignore', out, 'inherit'] });
  closeSync(out);
  if (made.status !== 0) throw new Error(`${log.kind}: the log could not be made`);
  return { ...log, file, connects: Number(spawnSync('grep', ['-c', 'connect(', file], { encoding: 'utf8' }).stdout) };
};

const rowsOf = async ({ kind, file, connects }: Generated, effort: Effort): Promise<readonly string[]> => {
  const commands = {
    'netaudit analyze': [process.execPath, netaudit, 'analyze', '--format', 'json', '--output', `${file}.json`, file],
    'grep -c': ['grep', '-c', 'connect(', file],
  };
  const taken = { 'netaudit analyze': [] as Taken[], 'grep -c': [] as Taken[] };
  for (const counts of roundsOf(effort)) {
    for (const name of ['netaudit analyze', 'grep -c'] as const) {
      const one = await take(commands[name]);
      if (counts) taken[name].push(one);
    }
  }
  const megabytes = statSync(file).size / 1e6;
  const log = `${kind}: ${megabytes.toFixed(0)} MB, ${connects.toLocaleString('en')} connects`;
  return (['netaudit analyze', 'grep -c'] as const).map((name) => {
    const of = (key: keyof Taken): readonly number[] => taken[name].map((one) => one[key]);
    const times = taken[name].map(({ wall }, round) => wall / (taken['grep -c'][round]?.wall ?? Number.NaN));
    const speed = megabytes / median(of('cpu'));
    const shown = Number.isFinite(speed) ? speed.toFixed(0) : '';
    return `| ${log} | ${name} | ${spread(of('wall'), 2)} | ${spread(of('cpu'), 2)} | ${shown} | ${spread(of('memory'), 0)} | ${spread(times, 1)} | ${effort.rounds} |`;
  });
};

/** CPU and memory are looked at every few ms (proc(5): stat, VmHWM): they only grow. */
const take = async ([program = '', ...args]: readonly string[]): Promise<Taken> => {
  const begin = process.hrtime.bigint();
  // grep stops at the first line that it finds where its output goes to /dev/null.
  const child = spawn(program, args, { stdio: ['ignore', 'pipe', 'ignore'] });
  child.stdout.resume();
  let last = { cpu: 0, memory: 0 };
  const looking = setInterval(() => {
    last = usageOf(child.pid ?? 0) ?? last;
  }, 5);
  const code = await new Promise<number | null>((resolve) => child.once('close', resolve));
  clearInterval(looking);
  // The log holds violations.
  if (code === null || code > 2) throw new Error(`${program}: exit ${code}`);
  return { wall: Number(process.hrtime.bigint() - begin) / 1e9, cpu: last.cpu / 1000, memory: last.memory };
};

const generator = fileURLToPath(new URL('../../script/generate-trace.mjs', import.meta.url));
const netaudit = fileURLToPath(new URL('../../packages/cli/dist/main.js', import.meta.url));
