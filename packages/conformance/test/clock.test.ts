import { execFileSync, spawnSync } from 'node:child_process';
import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { makeVitestProject, NOTHING_ALLOWED, runVitest } from './vitest-project.js';

type Report = {
  readonly verdict: string;
  readonly gaps: readonly { readonly kind: string; readonly reason: string }[];
  readonly violations: readonly {
    readonly addr: string;
    readonly scopes: readonly { readonly scope: { readonly names: readonly string[] } | null; readonly timing: string | null }[];
  }[];
};

const compiler = spawnSync('gcc', ['--version']).status === 0;

let folder = '';
beforeEach(() => {
  folder = makeVitestProject('clock-', config);
  rmSync(join(folder, 'slow.test.ts'));
  writeFileSync(join(folder, 'netaudit.yaml'), NOTHING_ALLOWED);
  writeFileSync(join(folder, 'clock.test.ts'), tests);
});
afterEach(() => rmSync(folder, { recursive: true }));

const config = `import netaudit from '@netaudit/vitest';
export default { plugins: [netaudit({ report: [{ format: 'json', file: 'netaudit.json' }] })], test: { pool: 'forks' } };
`;

/** The clock is set in the middle of the second test. */
const tests = `import { closeSync, openSync, writeSync } from 'node:fs';
import net from 'node:net';
import { test } from 'vitest';

const connect = (address: string) => new Promise((resolve) => net.connect(9, address).on('error', resolve));
const setClock = (seconds: number): void => {
  const file = openSync(process.env.WALL_CLOCK as string, 'r+');
  writeSync(file, new Uint8Array(new Float64Array([seconds]).buffer));
  closeSync(file);
};
test('before', () => connect('127.0.0.1'));
test('meanwhile', async () => {
  await connect('127.0.0.2');
  setClock(Number(process.env.WALL_CLOCK_STEP));
  await connect('127.0.0.3');
});
test('after', () => connect('127.0.0.4'));
`;

/** Runs the tests with a wall clock of their own, which all programs of the run see; nothing but that clock is made up. */
const run = async (step: number) => {
  const library = join(folder, 'wall-clock.so');
  execFileSync('gcc', ['-shared', '-fPIC', '-o', library, fileURLToPath(new URL('./clock/wall-clock.c', import.meta.url)), '-ldl']);
  writeFileSync(join(folder, 'ahead'), new Uint8Array(8));
  const env = { LD_PRELOAD: library, WALL_CLOCK: join(folder, 'ahead'), WALL_CLOCK_STEP: String(step) };
  const { code, output } = await runVitest(folder, env);
  const report = JSON.parse(readFileSync(join(folder, 'netaudit.json'), 'utf8')) as Report;
  const owners = report.violations.flatMap(({ addr, scopes }) => scopes.map(({ scope, timing }) => [addr, scope?.names.at(-1), timing]));
  return { code, output, report, owners };
};

describe.runIf(compiler)('a machine', { timeout: 30_000 }, () => {
  it('that sleeps for an hour in the middle of a test leaves every connection with its test', async () => {
    const { code, output, report, owners } = await run(3600);
    expect(code, output).toBe(1);
    expect(report).toMatchObject({ verdict: 'violations', gaps: [] });
    expect(owners).toEqual([
      ['127.0.0.1', 'before', null],
      ['127.0.0.2', 'meanwhile', null],
      ['127.0.0.3', 'meanwhile', null],
      ['127.0.0.4', 'after', null],
    ]);
    for (const name of ['before', 'meanwhile', 'after']) expect(output).toMatch(new RegExp(`FAIL .* ${name}\n`));
  });

  it('whose clock is set back by an hour makes the run incomplete, and no connection is missing', async () => {
    const { code, output, report } = await run(-3600);
    expect(code, output).toBe(2);
    expect(report).toMatchObject({ verdict: 'incomplete', gaps: [{ kind: 'lost' }] });
    expect(report.gaps[0]?.reason).toMatch(/^the clock was set back by 3[56]\d\d\.\d s/);
    expect(report.violations.map(({ addr }) => addr).sort()).toEqual(['127.0.0.1', '127.0.0.2', '127.0.0.3', '127.0.0.4']);
  });
});
