import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { frameworks } from '../packages/conformance/adapters/index.js';
import { installCells } from '../packages/conformance/adapters/installed.js';
import { measureAnalyze } from './analyze.js';
import { measureCalls } from './calls.js';
import { measure } from './measure.js';
import { median, spread } from './statistics.js';
import type { Sample, Variant, Workload } from './workload.js';
import { testWorkloads } from './workloads/tests.js';

/**
 * `npm run bench [-- TEXT] [--write]`: the workloads whose name has TEXT; `--write` puts the table into docs/performance.md. TEXT `calls`: the calls
 * that are traced besides connections, each alone. TEXT `analyze`: large logs.
 */
const main = async (args: readonly string[]): Promise<void> => {
  const [text = ''] = args.filter((arg) => !arg.startsWith('--'));
  if (text === 'calls') {
    benchCalls(args.includes('--write'));
    return;
  }
  if (text === 'analyze') {
    const analyzed = [machine(), '', await measureAnalyze(Number(process.env.BENCH_ROUNDS ?? 5))].join('\n');
    console.log(analyzed);
    if (args.includes('--write')) publish(analyzed, 'bench of analyze');
    return;
  }
  const chosen = workloads.filter(({ name }) => name.includes(text));
  if (chosen.length === 0)
    throw new Error(`no workload has '${text}' in its name. There are:\n${workloads.map(({ name }) => `  ${name}`).join('\n')}`);
  installCells(measured);
  const rows = chosen.map((workload) => {
    const row = rowOf(workload, run(workload));
    console.log(row);
    return row;
  });
  const table = [machine(), '', ...heading, ...rows].join('\n');
  console.log(`\n${table}`);
  if (args.includes('--write')) publish(table, 'bench');
};

const benchCalls = (write: boolean): void => {
  installCells(measured);
  const table = [machine(), '', measureCalls(Number(process.env.BENCH_ROUNDS ?? 7))].join('\n');
  console.log(table);
  if (write) publish(table, 'bench of calls');
};

type Samples = ReadonlyMap<Variant['name'], readonly Sample[]>;

/** Every variant in turn, round after round, so that what the machine does besides hits all alike. The first round warms up and is dropped. */
const run = (workload: Workload): Samples => {
  const folder = mkdtempSync(join(os.tmpdir(), 'bench-'));
  try {
    const variants = workload.prepare(folder);
    const samples = new Map<Variant['name'], Sample[]>(variants.map(({ name }) => [name, []]));
    for (let round = 0; round <= workload.rounds; round += 1) {
      for (const variant of variants) {
        const sample = measure(workload, variant, folder);
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
  const pairs = base.flatMap((one, round) => (audited[round] ? [{ one, other: audited[round] }] : []));
  const ratio = (key: 'wall' | 'cpu'): string =>
    spread(
      pairs.map(({ one, other }) => other[key] / one[key]),
      2,
    );
  const added =
    workload.operations === undefined
      ? ''
      : spread(
          pairs.map(({ one, other }) => (other.operation ?? 0) - (one.operation ?? 0)),
          3,
        );
  const start = (median(audited.map(({ wall }) => wall)) - median(base.map(({ wall }) => wall))).toFixed(0);
  return `| ${workload.name} | ${added} | ${ratio('wall')} | ${start} | ${ratio('cpu')} | ${pairs.length} |`;
};

const heading = [
  '| work | ms added to one operation | wall, times untraced | wall, ms added | CPU of the tree, times untraced | pairs |',
  '| --- | --- | --- | --- | --- | --- |',
];

const machine = (): string =>
  `${os.cpus().length} × ${os.cpus()[0]?.model.trim()}, ${Math.round(os.totalmem() / 2 ** 30)} GiB, Linux ${os.release()}, Node ${process.version}; load before: ${os.loadavg()[0]?.toFixed(1)}.`;

/** `name` is in the comments around the table. */
const publish = (table: string, name: string): void => {
  const text = readFileSync(page, 'utf8');
  const marks = new RegExp(`(<!-- ${name}: .*-->)[\\s\\S]*?(<!-- end of ${name} -->)`);
  writeFileSync(
    page,
    text.replace(marks, (_, begin, end) => `${begin}\n${table}\n${end}`),
  );
};

const newest: ReadonlySet<string | null> = new Set(['vitest-4', 'jest-30', 'mocha-12', null]);
/** The newest of each framework, on this Node. */
const measured = frameworks.flatMap(({ cells }) => cells.filter(({ node, install }) => node === null && newest.has(install)));

const page = fileURLToPath(new URL('../docs/performance.md', import.meta.url));
const workloads = testWorkloads;

try {
  await main(process.argv.slice(2));
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
}
