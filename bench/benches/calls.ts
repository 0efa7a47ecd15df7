import { mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { answeringCalls, explainingCalls, straceArgv } from '../../packages/core/src/sources/strace/argv.js';
import { probeStrace } from '../../packages/core/src/sources/strace/version.js';
import { type Bench, roundsOf } from '../bench.js';
import { measure } from '../measure.js';
import { spread } from '../statistics.js';
import type { Sample, Variant, Workload } from '../workload.js';

/**
 * What each call that is traced besides the connections themselves costs: a small suite of tests that serve and fetch, under strace with the set
 * without these calls, with each of them, and with all, in turn.
 */
export const calls: Bench = {
  what: 'the calls that are traced besides connections, each alone',
  table: async (effort) => {
    const folder = mkdtempSync(join(os.tmpdir(), 'bench-calls-'));
    try {
      layOut(folder, effort.short ? 5 : 50);
      const compared = variants(folder, effort.short ? [] : groups);
      const workload: Workload = { name: 'calls', prepare: () => compared };
      const samples = compared.map((variant) => ({ variant, taken: [] as Sample[] }));
      for (const counts of roundsOf(effort)) {
        for (const { variant, taken } of samples) {
          const sample = await measure(workload, variant, folder);
          if (counts) taken.push(sample);
        }
      }
      const base = samples[0]?.taken ?? [];
      return [...heading, ...samples.slice(1).map(({ variant, taken }) => rowOf(variant, taken, base))].join('\n');
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  },
};

const heading = [
  '| added to the traced calls | times they were made | wall, times the set without | CPU of the tree, times the set without | pairs |',
  '| --- | --- | --- | --- | --- |',
];

const rowOf = ({ name, command }: Variant, taken: readonly Sample[], base: readonly Sample[]): string => {
  const trace = command[command.indexOf('-o') + 1] ?? '';
  const ratio = (key: 'wall' | 'cpu'): string =>
    spread(
      taken.map((sample, round) => sample[key] / (base[round]?.[key] ?? Number.NaN)),
      2,
    );
  return `| ${name} | ${callsIn(trace)} | ${ratio('wall')} | ${ratio('cpu')} | ${taken.length} |`;
};

/** How often the calls that explain others are in the last trace. */
const callsIn = (trace: string): number => {
  const made = new RegExp(` (?:${measured.join('|')})\\(`);
  return readFileSync(trace, 'latin1')
    .split('\n')
    .filter((line) => made.test(line)).length;
};

const measured = [...explainingCalls, ...answeringCalls];

const groups: readonly (readonly string[])[] = [
  ['bind', 'listen'],
  ['accept', 'accept4'],
  ['getsockopt'],
  ['recvmsg'],
  [...answeringCalls],
  ['pidfd_getfd', 'seccomp', 'prctl'],
];

/** The first one is what the others are compared with; the second is the same again, and shows how far the machine can be trusted. */
const variants = (folder: string, alone: typeof groups): readonly Variant[] => [
  variant(folder, 'none', []),
  variant(folder, 'nothing, again', []),
  ...alone.map((group) => variant(folder, group.join(', '), group)),
  variant(folder, 'all of these', measured),
];

const variant = (folder: string, name: string, added: readonly string[]): Variant => {
  const tests = [process.execPath, 'node_modules/vitest/vitest.mjs', 'run'];
  const traceFile = join(folder, `${name.replaceAll(/\W+/g, '-')}.trace`);
  const argv = straceArgv(probeStrace(process.env.PATH), { traceFile, command: tests, locale: undefined });
  const others = measured.filter((call) => !added.includes(call));
  const set = (word: string): string =>
    `trace=${word
      .slice('trace='.length)
      .split(',')
      .filter((call) => !others.includes(call.replace('?', '')))
      .join(',')}`;
  const words = argv.filter((word) => word !== '-D').map((word) => (word.startsWith('trace=') ? set(word) : word));
  return { name, command: ['strace', ...words], env: { NETAUDIT: '0' } };
};

const layOut = (folder: string, tests: number): void => {
  symlinkSync(
    fileURLToPath(new URL('../../packages/conformance/frameworks/vitest-4/node_modules', import.meta.url)),
    join(folder, 'node_modules'),
  );
  writeFileSync(join(folder, 'package.json'), JSON.stringify({ private: true, type: 'module' }));
  writeFileSync(join(folder, 'vitest.config.mjs'), "export default { test: { pool: 'forks', reporters: ['dot'] } };\n");
  for (let file = 0; file < 4; file += 1) writeFileSync(join(folder, `serve-${file}.test.mjs`), source(tests));
};

const source = (tests: number): string => `import { once } from 'node:events';
import http from 'node:http';
import { expect, test } from 'vitest';
for (let n = 0; n < ${tests}; n += 1) test('number ' + n, async () => {
  const server = http.createServer((_, response) => response.end('served')).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const response = await fetch('http://127.0.0.1:' + server.address().port, { headers: { connection: 'close' } });
  expect(await response.text()).toBe('served');
  server.close();
});
`;
