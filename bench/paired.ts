import { mkdtempSync, rmSync } from 'node:fs';
import os from 'node:os';
import { join } from 'node:path';
import { type Effort, roundsOf } from './bench.js';
import { measure } from './measure.js';
import { median, spread } from './statistics.js';
import type { Sample, Workload } from './workload.js';

/** A row for each work: every other variant against `untraced`, pair by pair. What was taken of a work is printed when it is known. */
export const pairedTable = async (workloads: readonly Workload[], effort: Effort): Promise<string> => {
  const all: (readonly (readonly [title: string, cell: string])[])[] = [];
  for (const workload of workloads) {
    const cells = cellsOf(workload, await run(workload, effort));
    console.log(
      cells
        .filter(([, cell]) => cell !== '')
        .map((cell) => cell.join(' '))
        .join('; '),
    );
    all.push(cells);
  }
  const titles = (all[0] ?? []).flatMap(([title], column) => (all.some((cells) => cells[column]?.[1]) ? [title] : []));
  const rows = all.map((cells) => cells.flatMap(([title, cell]) => (titles.includes(title) ? [cell] : [])));
  return [titles, titles.map(() => '---'), ...rows].map((cells) => `| ${cells.join(' | ')} |`).join('\n');
};

type Samples = ReadonlyMap<string, readonly Sample[]>;

/** Every variant in turn, round after round, so that what the machine does besides hits all alike. */
const run = async (workload: Workload, effort: Effort): Promise<Samples> => {
  const folder = mkdtempSync(join(os.tmpdir(), 'bench-'));
  try {
    const variants = workload.prepare(folder);
    const samples = new Map<string, Sample[]>(variants.map(({ name }) => [name, []]));
    for (const counts of roundsOf(effort)) {
      for (const variant of variants) {
        const sample = await measure(workload, variant, folder);
        if (counts) samples.get(variant.name)?.push(sample);
      }
    }
    return samples;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
};

/** Ratios and differences are of one round each, then their median (and least to greatest). Empty for a variant that the work has not. */
const cellsOf = (workload: Workload, samples: Samples): readonly (readonly [title: string, cell: string])[] => {
  const base = samples.get('untraced') ?? [];
  const over = (name: string, digits: number, of: (one: Sample, untraced: Sample) => number): string => {
    const values = (samples.get(name) ?? []).flatMap((sample, round) => (base[round] ? [of(sample, base[round])] : []));
    return values.length > 0 ? spread(values, digits) : '';
  };
  const ratio = (name: string, key: 'wall' | 'cpu'): string => over(name, 2, (sample, untraced) => sample[key] / untraced[key]);
  const added = (name: string): string =>
    workload.hasOwnClock ? over(name, 3, (sample, untraced) => (sample.operation ?? 0) - (untraced.operation ?? 0)) : '';
  const supervisors = (samples.get('netaudit') ?? []).flatMap(({ supervisor }) => supervisor ?? []);
  return [
    ['work', workload.name],
    ['ms added to one operation', added('netaudit')],
    ['the same calls under strace alone: ms added to one operation', added('same strace')],
    ['wall, times untraced', ratio('netaudit', 'wall')],
    ['ms added', over('netaudit', 0, (sample, untraced) => sample.wall - untraced.wall)],
    ['CPU of the tree, times untraced', ratio('netaudit', 'cpu')],
    ['least strace: wall', ratio('least strace', 'wall')],
    ['least strace: CPU', ratio('least strace', 'cpu')],
    ['plain strace: wall', ratio('strace', 'wall')],
    ['plain strace: CPU', ratio('strace', 'cpu')],
    ['without `set_robust_list`: wall', ratio('uncured strace', 'wall')],
    ['without `set_robust_list`: CPU', ratio('uncured strace', 'cpu')],
    [
      'supervisor: CPU, % of the untraced',
      supervisors.length > 0 ? over('netaudit', 1, ({ supervisor }, { cpu }) => (100 * (supervisor?.cpu ?? 0)) / cpu) : '',
    ],
    ['supervisor: memory, MB', supervisors.length > 0 ? median(supervisors.map(({ memory }) => memory)).toFixed(0) : ''],
    ['rounds', String(base.length)],
  ];
};
