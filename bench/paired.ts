import { mkdtempSync, rmSync } from 'node:fs';
import os from 'node:os';
import { join } from 'node:path';
import type { Effort } from './bench.js';
import { measure } from './measure.js';
import { median, spread } from './statistics.js';
import type { Sample, Workload } from './workload.js';

/** A row for each work: every other variant against `untraced`, pair by pair. Each is printed when it is known. */
export const pairedTable = async (workloads: readonly Workload[], { rounds }: Effort): Promise<string> => {
  const rows: string[] = [];
  for (const workload of workloads) {
    const row = rowOf(workload, await run(workload, rounds));
    console.log(row);
    rows.push(row);
  }
  return [...heading, ...rows].join('\n');
};

const heading = [
  '| work | ms added to one operation | wall, times untraced | ms added | CPU of the tree, times untraced | plain strace: wall | plain strace: CPU | supervisor: CPU, % of the untraced | supervisor: memory, MB | rounds |',
  '| --- | --- | --- | --- | --- | --- | --- | --- | --- | --- |',
];

type Samples = ReadonlyMap<string, readonly Sample[]>;

/** Every variant in turn, round after round, so that what the machine does besides hits all alike. The first round warms up and is dropped. */
const run = async (workload: Workload, rounds: number): Promise<Samples> => {
  const folder = mkdtempSync(join(os.tmpdir(), 'bench-'));
  try {
    const variants = workload.prepare(folder);
    const samples = new Map<string, Sample[]>(variants.map(({ name }) => [name, []]));
    for (let round = 0; round <= rounds; round += 1) {
      for (const variant of variants) {
        const sample = await measure(workload, variant, folder);
        if (round > 0) samples.get(variant.name)?.push(sample);
      }
    }
    return samples;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
};

/** Ratios and differences are of one round each, then their median (and least to greatest). */
const rowOf = (workload: Workload, samples: Samples): string => {
  const base = samples.get('untraced') ?? [];
  const audited = samples.get('netaudit') ?? [];
  const over = (name: string, digits: number, of: (one: Sample, untraced: Sample) => number): string => {
    const values = (samples.get(name) ?? []).flatMap((sample, round) => (base[round] ? [of(sample, base[round])] : []));
    return values.length > 0 ? spread(values, digits) : '';
  };
  const ratio = (name: string, key: 'wall' | 'cpu'): string => over(name, 2, (sample, untraced) => sample[key] / untraced[key]);
  const supervisors = audited.flatMap(({ supervisor }) => supervisor ?? []);
  const cells = [
    workload.name,
    workload.hasOwnClock ? over('netaudit', 3, (sample, untraced) => (sample.operation ?? 0) - (untraced.operation ?? 0)) : '',
    ratio('netaudit', 'wall'),
    over('netaudit', 0, (sample, untraced) => sample.wall - untraced.wall),
    ratio('netaudit', 'cpu'),
    ratio('strace', 'wall'),
    ratio('strace', 'cpu'),
    supervisors.length > 0 ? over('netaudit', 1, ({ supervisor }, { cpu }) => (100 * (supervisor?.cpu ?? 0)) / cpu) : '',
    supervisors.length > 0 ? median(supervisors.map(({ memory }) => memory)).toFixed(0) : '',
    audited.length,
  ];
  return `| ${cells.join(' | ')} |`;
};
