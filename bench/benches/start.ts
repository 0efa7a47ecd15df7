import { spawnSync } from 'node:child_process';
import { fileURLToPath, pathToFileURL } from 'node:url';
import type { Bench } from '../bench.js';
import { spread } from '../statistics.js';

/** What a start takes over that of bare Node. */
export const start: Bench = {
  what: 'starting the command line, and loading each plugin',
  table: async ({ rounds }) => {
    const taken = new Map(commands.map(({ name }) => [name, [] as number[]]));
    for (let round = 0; round <= rounds * 3; round += 1)
      for (const { name, args } of commands) {
        const ms = time(args);
        if (round > 0) taken.get(name)?.push(ms);
      }
    const bare = taken.get('node') ?? [];
    const rows = commands.slice(1).map(({ name }) => {
      const own = taken.get(name) ?? [];
      return `| ${name} | ${spread(
        own.map((ms, round) => ms - (bare[round] ?? Number.NaN)),
        0,
      )} | ${spread(own, 0)} | ${own.length} |`;
    });
    return ['| what | ms over bare Node | ms | rounds |', '| --- | --- | --- | --- |', ...rows].join('\n');
  },
};

const built = (path: string): string => fileURLToPath(new URL(`../../packages/${path}`, import.meta.url));
const loading = (path: string): readonly string[] => ['--input-type=module', '-e', `await import('${pathToFileURL(built(path))}')`];

const commands: readonly { readonly name: string; readonly args: readonly string[] }[] = [
  { name: 'node', args: ['--input-type=module', '-e', ''] },
  { name: 'netaudit --version', args: [built('cli/dist/main.js'), '--version'] },
  { name: 'import @netaudit/vitest', args: loading('vitest/dist/index.js') },
  { name: 'import @netaudit/jest', args: loading('jest/dist/index.cjs') },
  { name: 'import @netaudit/mocha', args: loading('mocha/dist/index.js') },
  { name: 'import @netaudit/node-test', args: loading('node-test/dist/index.cjs') },
];

const time = (args: readonly string[]): number => {
  const begin = performance.now();
  const { status, stderr } = spawnSync(process.execPath, [...args], { encoding: 'utf8', env: { ...process.env, NETAUDIT: '0' } });
  if (status !== 0) throw new Error(`${args.join(' ')}: exit ${status}\n${stderr}`);
  return performance.now() - begin;
};
