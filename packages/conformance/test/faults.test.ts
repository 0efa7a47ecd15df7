import { type ChildProcess, spawn } from 'node:child_process';
import { cpSync, existsSync, readdirSync, readFileSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { makeVitestProject, vitestEnvironment } from './vitest-project.js';

/** A Vitest run with one slow test, and who takes part in it. */
type Run = {
  readonly supervisor: ChildProcess;
  readonly worker: number;
  readonly tracer: number;
  readonly output: () => string;
  readonly ended: Promise<number>;
};

let folder = '';
beforeEach(() => {
  folder = makeVitestProject('faults-', config);
  writeFileSync(join(folder, 'drive.mjs'), driver);
});
afterEach(() => rmSync(folder, { recursive: true }));

const config = `import netaudit from '@netaudit/vitest';
export default { plugins: [netaudit({ report: [{ format: 'json', file: 'netaudit.json' }] })], test: { pool: 'forks' } };
`;

describe('a run under audit', { timeout: 30_000 }, () => {
  it('is incomplete when the tracer is killed', async () => {
    const run = await start();
    process.kill(run.tracer, 'SIGKILL');
    expect(await run.ended, run.output()).toBe(2);
    expect(report()).toMatchObject({ verdict: 'incomplete', gaps: [{ kind: 'lost' }] });
    await nothingIsLeft(run);
  });

  it('fails as Vitest does when a worker is killed, and the audit is whole', async () => {
    const run = await start();
    process.kill(run.worker, 'SIGKILL');
    expect(await run.ended, run.output()).toBe(1);
    expect(report()).toMatchObject({ verdict: 'clean', gaps: [], command: { exitCode: 1 } });
    await nothingIsLeft(run);
  });

  it('ends with its supervisor when that is killed', async () => {
    cpSync(here('./fixtures/slow-child.test.ts'), join(folder, 'slow.test.ts'));
    const run = await start();
    run.supervisor.kill('SIGKILL');
    expect(await run.ended).toBe(137);
    await nothingIsLeft(run);
  });

  it.each([
    ['SIGINT', 130],
    ['SIGTERM', 143],
  ] as const)('passes %s on once, to the supervisor alone', async (signal, code) => {
    const run = await start();
    run.supervisor.kill(signal);
    expect(await run.ended, run.output()).toBe(code);
    expect(report()).toMatchObject({ verdict: 'clean', exitCode: code });
    await nothingIsLeft(run);
  });

  it('is interrupted by Ctrl-C on its terminal, which reaches everybody', async () => {
    const run = await start();
    process.kill(-(run.supervisor.pid ?? 0), 'SIGINT');
    expect(await run.ended, run.output()).toBe(130);
    await nothingIsLeft(run);
  });

  it('leaves nothing behind when all goes well', async () => {
    const run = await start();
    expect(await run.ended, run.output()).toBe(0);
    expect(report()).toMatchObject({ verdict: 'clean', violations: [], gaps: [] });
    await nothingIsLeft(run);
  });
});

describe('wrapped workers', { timeout: 30_000 }, () => {
  it('are stopped when their tracer is killed, and the run is incomplete', async () => {
    const run = await start('drive.mjs');
    process.kill(run.tracer, 'SIGKILL');
    expect(await run.ended, run.output()).toBe(2);
    expect(report()).toMatchObject({ verdict: 'incomplete', coverage: { mode: 'wrap' }, gaps: [{ kind: 'lost' }] });
    await nothingIsLeft(run);
  });

  it('that are killed fail the run as Vitest does, and the audit is whole', async () => {
    const run = await start('drive.mjs');
    process.kill(run.worker, 'SIGKILL');
    expect(await run.ended, run.output()).toBe(1);
    expect(report()).toMatchObject({ verdict: 'clean', gaps: [], coverage: { mode: 'wrap' } });
    await nothingIsLeft(run);
  });

  it('end with the main process when that is killed, and so do their children', async () => {
    cpSync(here('./fixtures/slow-child.test.ts'), join(folder, 'slow.test.ts'));
    const run = await start('drive.mjs');
    run.supervisor.kill('SIGKILL');
    expect(await run.ended).toBe(137);
    await nothingIsLeft(run);
  });

  it.each(['SIGINT', 'SIGTERM'] as const)('end with the main process at %s', async (signal) => {
    cpSync(here('./fixtures/slow-child.test.ts'), join(folder, 'slow.test.ts'));
    const run = await start('drive.mjs');
    run.supervisor.kill(signal);
    await run.ended;
    await nothingIsLeft(run);
  });

  it('leave nothing behind when all goes well, and the process ends by itself', async () => {
    const run = await start('drive.mjs');
    expect(await run.ended, run.output()).toBe(0);
    expect(report()).toMatchObject({ verdict: 'clean', violations: [], gaps: [], coverage: { mode: 'wrap' } });
    await nothingIsLeft(run);
  });

  it('go on untraced when a test deletes the files of the audit, and the run is incomplete', async () => {
    for (const name of ['slow.test.ts', 'other.test.ts']) cpSync(here('./fixtures/deletes.test.ts'), join(folder, name));
    writeFileSync(join(folder, 'vitest.config.ts'), config.replace("pool: 'forks'", "pool: 'forks', maxWorkers: 1"));
    const run = await start('drive.mjs');
    expect(await run.ended, run.output()).toBe(2);
    expect(run.output()).toContain('2 passed (2)');
    expect(report()).toMatchObject({ verdict: 'incomplete', coverage: { mode: 'wrap' }, gaps: [{ kind: 'lost' }] });
    await nothingIsLeft(run);
  });

  it('make the run incomplete when the main process ends before their audit does', async () => {
    const run = await start('drive.mjs', 'without closing');
    expect(await run.ended, run.output()).toBe(2);
    expect(run.output()).toContain('netaudit: incomplete');
    await nothingIsLeft(run);
  });
});

const driver = `import { createVitest } from 'vitest/node';
const vitest = await createVitest('test', { watch: false });
await vitest.start();
if (process.argv[2] === 'without closing') process.exit();
await vitest.close();
`;

/** Starts the run in a process group of its own, and waits until its slow test runs. */
const start = async (...command: readonly string[]): Promise<Run> => {
  const supervisor = spawn(process.execPath, command.length > 0 ? command : ['node_modules/vitest/vitest.mjs', 'run'], {
    cwd: folder,
    env: vitestEnvironment(folder),
    stdio: ['ignore', 'pipe', 'pipe'],
    detached: true,
  });
  let output = '';
  for (const stream of [supervisor.stdout, supervisor.stderr]) stream?.on('data', (chunk: Buffer) => (output += chunk.toString()));
  const ended = new Promise<number>((resolve) =>
    supervisor.on('exit', (code, signal) => resolve(code ?? (signal === 'SIGKILL' ? 137 : -1))),
  );
  const pidFile = join(folder, 'worker.pid');
  for (let waited = 0; !existsSync(pidFile) || readFileSync(pidFile, 'utf8') === ''; waited += 50) {
    if (waited > 15_000) throw new Error(`the test did not start: ${output}`);
    await sleep(50);
  }
  const worker = Number(readFileSync(pidFile, 'utf8'));
  return { supervisor, worker, tracer: Number(status(worker, 'TracerPid')), output: () => output, ended };
};

const report = (): unknown => JSON.parse(readFileSync(join(folder, 'netaudit.json'), 'utf8'));

/** No process of the run is alive (one that nobody has waited for yet is dead), and its private folder is gone. */
const nothingIsLeft = async (run: Run): Promise<void> => {
  const alive = (): number[] =>
    [...processesIn(folder), run.tracer, run.worker].filter((pid) => !['', 'Z', 'X'].includes(status(pid, 'State').charAt(0)));
  // Vitest leaves a folder of its own when it is interrupted, with or without us.
  const ours = (): string[] => readdirSync(join(folder, 'tmp')).filter((name) => name.startsWith('netaudit'));
  for (let waited = 0; waited < 3000 && (alive().length > 0 || ours().length > 0); waited += 100) await sleep(100);
  expect(alive()).toEqual([]);
  expect(ours()).toEqual([]);
};

/** Pids of all processes that work in `where`. */
const processesIn = (where: string): number[] =>
  readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .filter((pid) => {
      try {
        return realpathSync(`/proc/${pid}/cwd`) === where;
      } catch {
        return false;
      }
    })
    .map(Number);

const status = (pid: number, field: string): string => {
  try {
    return new RegExp(`^${field}:\\s*(\\S+)`, 'm').exec(readFileSync(`/proc/${pid}/status`, 'latin1'))?.[1] ?? '';
  } catch {
    return '';
  }
};

const here = (path: string): string => fileURLToPath(new URL(path, import.meta.url));
