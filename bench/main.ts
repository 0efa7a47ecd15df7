import { readFileSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import { fileURLToPath } from 'node:url';
import { frameworks } from '../packages/conformance/adapters/index.js';
import { installCells } from '../packages/conformance/adapters/installed.js';
import type { Bench, Effort } from './bench.js';
import { analyze } from './benches/analyze.js';
import { calls } from './benches/calls.js';
import { cure } from './benches/cure.js';
import { load } from './benches/load.js';
import { policy } from './benches/policy.js';
import { reports } from './benches/reports.js';
import { start } from './benches/start.js';
import { long, suites } from './benches/suites.js';
import { tests } from './benches/tests.js';

/**
 * `npm run bench [-- NAME…] [--write] [--short]`: the benches of these names, or all; `--write` puts their tables into docs/performance.md; `--short` takes
 * a minute, and tells no more than that everything runs. BENCH_ROUNDS: how many rounds, 5 where nothing is said.
 */
const main = async (args: readonly string[]): Promise<void> => {
  const named = args.filter((arg) => !arg.startsWith('--'));
  const unknown = named.find((name) => !Object.hasOwn(benches, name));
  if (unknown !== undefined) throw new Error(`there is no bench '${unknown}'. There are:\n${list()}`);
  const short = args.includes('--short');
  const effort: Effort = { short, rounds: short ? 1 : Number(process.env.BENCH_ROUNDS ?? 5) };
  installCells(measured);
  for (const [name, bench] of Object.entries(benches)) {
    if (named.length > 0 && !named.includes(name)) continue;
    console.log(`\n== ${name}: ${bench.what}`);
    const machine = machineText();
    const table = `${machine}\n\n${await bench.table(effort)}`;
    console.log(`\n${table}`);
    if (args.includes('--write')) publish(table, name);
  }
};

const benches: Readonly<Record<string, Bench>> = { tests, suites, long, load, cure, calls, analyze, policy, reports, start };

const list = (): string =>
  Object.entries(benches)
    .map(([name, { what }]) => `  ${name.padEnd(8)} ${what}`)
    .join('\n');

const machineText = (): string =>
  `${os.cpus().length} × ${os.cpus()[0]?.model.trim()}, ${Math.round(os.totalmem() / 2 ** 30)} GiB, Linux ${os.release()}, Node ${process.version}; load before: ${os.loadavg()[0]?.toFixed(1)}.`;

/** Between the comments `<!-- bench of NAME: … -->` and `<!-- end of bench of NAME -->`. */
const publish = (table: string, name: string): void => {
  const text = readFileSync(page, 'utf8');
  const marks = new RegExp(`(<!-- bench of ${name}: .*-->)[\\s\\S]*?(<!-- end of bench of ${name} -->)`);
  if (!marks.test(text)) throw new Error(`docs/performance.md has no place for '${name}'`);
  writeFileSync(
    page,
    text.replace(marks, (_, begin, end) => `${begin}\n${table}\n${end}`),
  );
};

const newest: ReadonlySet<string | null> = new Set(['vitest-4', 'jest-30', 'mocha-12', null]);
/** The newest of each framework, on this Node. */
const measured = frameworks.flatMap(({ cells }) => cells.filter(({ node, install }) => node === null && newest.has(install)));

const page = fileURLToPath(new URL('../docs/performance.md', import.meta.url));

try {
  await main(process.argv.slice(2));
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
}
