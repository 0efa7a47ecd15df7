import { type ChildProcess, execFileSync, fork } from 'node:child_process';
import { once } from 'node:events';
import { closeSync, constants, existsSync, mkdtempSync, openSync, readFileSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, afterEach, describe, expect, it } from 'vitest';
import { AllowList } from '../../src/allowlist/allowlist.js';
import { analyzeTrace } from '../../src/audit/analyze.js';
import { type AdapterOptions, adapterSettings, type WrappedRun, wrapWorkers } from '../../src/integration/index.js';
import { findProgram } from '../../src/process/find.js';
import { tracerOf } from '../../src/process/reaper.js';
import { openTrace } from '../../src/sources/strace/input/open-trace.js';

const folder = mkdtempSync(join(tmpdir(), 'wrap-'));
afterAll(() => rmSync(folder, { recursive: true }));

const node = process.execPath;
const runs: WrappedRun[] = [];
afterEach(async () => {
  for (const run of runs.splice(0)) await run.finish();
});

const wrap = (options: AdapterOptions = {}): WrappedRun => {
  const run = wrapWorkers(adapterSettings(options, {}));
  runs.push(run);
  return run;
};

/** A file to fork: it runs `code`, sends what it returns, and ends. */
const program = (name: string, code: string): string => {
  const file = join(folder, `${name}.mjs`);
  writeFileSync(file, `const value = await (async () => { ${code} })();\nprocess.send(value ?? null, () => process.disconnect());\n`);
  return file;
};

const answerOf = async (worker: ChildProcess): Promise<unknown> => {
  const ended = once(worker, 'exit');
  const [message] = (await once(worker, 'message')) as [unknown];
  expect(await ended).toEqual([0, null]);
  return message;
};

const strict = (): AllowList =>
  AllowList.fromYaml('version: 1\nincludes_builtins: false\nallowlist:\n  - {family: AF_UNIX, path_glob: "*"}\n', 'a.yaml');

const connect = (port: number): string => `
  const net = await import('node:net');
  await new Promise((resolve) => net.connect(${port}, '127.0.0.1').on('error', resolve).on('close', resolve));`;

describe('wrapped workers', { timeout: 30_000 }, () => {
  it('write one log of events, which names the worker of each, and gives the report again', async () => {
    const log = join(folder, 'workers.jsonl');
    const run = wrap({ reporters: [`jsonl=${log}`], verbose: true, allowlist: strict() });
    const file = program('connects', `${connect(9)} return process.pid;`);
    const workers = [fork(file, { env: { ...process.env, ...run.env } }), fork(file, { env: { ...process.env, ...run.env } })];
    const pids = await Promise.all(workers.map(answerOf));
    const { report } = await run.finish();
    expect(report.violations).toMatchObject([{ addr: '127.0.0.1', port: 9, pids: [...(pids as number[])].toSorted((a, b) => a - b) }]);
    const traces = readFileSync(log, 'utf8')
      .split('\n')
      .slice(1, -2)
      .map((line) => (JSON.parse(line) as { trace?: string }).trace);
    expect(new Set(traces)).toEqual(new Set(pids.map((pid) => `worker ${pid}`)));
    const again = await analyzeTrace(openTrace(log, process.stdin), { allowlist: strict(), verbose: true });
    const lasting = ({ provenance: _, ...rest }: typeof again) => JSON.parse(JSON.stringify(rest)) as unknown;
    expect(lasting(again)).toEqual(lasting(report));
  });

  it('are the same process, and see what they would see', async () => {
    const file = program(
      'facts',
      `return { pid: process.pid, execPath: process.execPath, argv0: process.argv0, execArgv: process.execArgv,
      argv: process.argv, locale: process.env.LC_ALL ?? null, session: process.env.NETAUDIT_SESSION, tracer: /TracerPid:\\t(\\d+)/.exec(
      (await import('node:fs')).readFileSync('/proc/self/status', 'utf8'))[1] !== '0' };`,
    );
    const run = wrap();
    expect(process.execPath).not.toBe(node);
    const worker = fork(file, ['an argument', "it's"], {
      execArgv: ['--no-warnings'],
      env: { ...process.env, LC_ALL: 'de_DE', ...run.env },
    });
    expect(await answerOf(worker)).toEqual({
      pid: worker.pid,
      execPath: realpathSync(node),
      argv0: node,
      execArgv: ['--no-warnings'],
      argv: [realpathSync(node), file, 'an argument', "it's"],
      locale: 'de_DE',
      session: run.session.folder,
      tracer: true,
    });
    const { report, exitCode } = await run.finish();
    expect(report).toMatchObject({ verdict: 'clean', gaps: [], coverage: { source: 'strace', mode: 'wrap' }, leftRunning: [] });
    expect(exitCode).toBe(0);
    expect(process.execPath).toBe(node);
    expect(existsSync(run.session.folder)).toBe(false);
  });

  it('have one report, with the violations of all', async () => {
    const run = wrap({ allowlist: new AllowList([], { includesBuiltins: false }) });
    const file = program('connects', connect(9));
    const workers = Array.from({ length: 6 }, () => fork(file));
    await Promise.all(workers.map(answerOf));
    const { report, exitCode, text } = await run.finish();
    const pids = workers.map(({ pid }) => pid ?? 0).toSorted((one, other) => one - other);
    expect(report).toMatchObject({ verdict: 'violations', gaps: [], violations: [{ addr: '127.0.0.1', port: 9, count: 6, pids }] });
    expect(exitCode).toBe(1);
    expect(text).toContain('not audited: the main process');
  });

  it('are not wrapped again below', async () => {
    const child = program('child', 'return process.execPath;');
    const run = wrap();
    const file = program(
      'parent',
      `const { fork } = await import('node:child_process');
       return new Promise((resolve) => fork(${JSON.stringify(child)}, { execPath: ${JSON.stringify(process.execPath)} }).on('message', resolve));`,
    );
    expect(await answerOf(fork(file))).toBe(realpathSync(node));
    const { report } = await run.finish();
    expect(report).toMatchObject({ verdict: 'clean', gaps: [] });
  });

  it('that outlive the run are stopped and named', async () => {
    const run = wrap();
    const file = program(
      'leaves-a-child',
      `const { spawn } = await import('node:child_process');
       spawn('sleep', ['61'], { detached: true, stdio: 'ignore' }).unref();`,
    );
    await answerOf(fork(file));
    const { report } = await run.finish();
    expect(report).toMatchObject({ verdict: 'clean', gaps: [], leftRunning: [{ argv: ['sleep', '61'] }] });
    expect(isAlive(report.leftRunning[0]?.pid)).toBe(false);
  });

  it('that are killed leave a whole audit', async () => {
    const run = wrap();
    const worker = fork(program('waits', wait));
    await started(worker);
    worker.kill('SIGKILL');
    expect(await once(worker, 'exit')).toEqual([null, 'SIGKILL']);
    expect((await run.finish()).report).toMatchObject({ verdict: 'clean', gaps: [] });
  });

  it('that lose their tracer are stopped, and the audit is incomplete', async () => {
    const run = wrap();
    const worker = fork(program('waits', wait));
    const other = answerOf(fork(program('ends', 'return 1;')));
    await started(worker);
    const ended = once(worker, 'exit');
    process.kill(tracerOf(worker.pid ?? 0) ?? 0, 'SIGKILL');
    await ended;
    await other;
    const { report, exitCode } = await run.finish();
    expect(report).toMatchObject({ verdict: 'incomplete', gaps: [{ kind: 'lost' }] });
    expect(report.gaps[0]?.reason).toContain(`worker ${worker.pid}: `);
    expect(exitCode).toBe(2);
  });

  it('that can not be traced run all the same, and the audit is incomplete', async () => {
    const run = wrap();
    const worker = fork(program('ends', 'return process.execPath;'), {
      execPath: changed(process.execPath, `-x '${findProgram('strace', process.env.PATH)}'`, '-x /nowhere/strace'),
    });
    expect(await answerOf(worker)).toBe(realpathSync(node));
    const { report } = await run.finish();
    expect(report).toMatchObject({ verdict: 'incomplete', gaps: [{ kind: 'lost' }, { kind: 'no-marker' }] });
    expect(report.gaps[0]?.reason).toContain(`${worker.pid} was not traced: strace is gone`);
  });

  it.each([
    ['the pipe they announce themselves in', (run: WrappedRun) => rmSync(join(run.session.folder, 'announcements'))],
    ['the folder of the audit', (run: WrappedRun) => rmSync(run.session.folder, { recursive: true })],
  ])('that start when %s was deleted run all the same, and the audit is incomplete', async (_, remove) => {
    const run = wrap();
    await answerOf(fork(program('ends', 'return 1;')));
    remove(run);
    expect(await answerOf(fork(program('ends', 'return process.execPath;')))).toBe(realpathSync(node));
    const { report, exitCode } = await run.finish();
    expect(report).toMatchObject({ verdict: 'incomplete', gaps: [{ kind: 'lost' }] });
    expect(report.gaps[0]?.reason).toContain('files of the audit were deleted');
    expect([exitCode, process.execPath, existsSync(run.session.folder)]).toEqual([2, node, false]);
  });

  it('that announced themselves to somebody else are stopped at the end, and the audit is incomplete', async () => {
    const run = wrap();
    const fifo = join(run.session.folder, 'announcements');
    rmSync(fifo);
    execFileSync('mkfifo', [fifo]);
    const other = openSync(fifo, constants.O_RDWR | constants.O_NONBLOCK);
    const worker = fork(program('ends', 'return 1;'));
    const ended = once(worker, 'exit');
    while (!readFileSync(`/proc/${worker.pid}/cmdline`, 'utf8').includes(`${worker.pid}.trace`)) await sleep(20);
    const { report } = await run.finish();
    closeSync(other);
    expect(await ended).toEqual([null, 'SIGKILL']);
    expect(report).toMatchObject({ verdict: 'incomplete', gaps: [{ kind: 'lost' }, { kind: 'no-marker' }] });
    expect(report.gaps[0]?.reason).toContain(`process ${worker.pid} waited for an audit`);
  });

  it('that end before their tracer begins leave a gap', async () => {
    const run = wrap();
    const worker = fork(program('ends', 'return 1;'), { execPath: changed(process.execPath, /^ *exec .*strace' .*$/m, '  exit 0') });
    expect(await once(worker, 'exit')).toEqual([0, null]);
    const { report } = await run.finish();
    expect(report).toMatchObject({ verdict: 'incomplete', gaps: [{ kind: 'no-marker' }] });
    expect(report.gaps[0]?.reason).toContain(`worker ${worker.pid}: `);
  });

  it('that are about to start when the run ends are audited too', async () => {
    const run = wrap();
    const answer = answerOf(fork(program('ends', 'return 1;')));
    const { report } = await run.finish();
    expect(await answer).toBe(1);
    expect(report).toMatchObject({ verdict: 'clean', gaps: [] });
  });

  it('that are none prove nothing', async () => {
    expect((await wrap().finish()).report).toMatchObject({ verdict: 'incomplete', gaps: [{ kind: 'no-marker' }] });
  });

  it("are not enough for coverage: 'all'", async () => {
    const run = wrap({ coverage: 'all' });
    await answerOf(fork(program('ends', 'return 1;')));
    expect((await run.finish()).report).toMatchObject({ verdict: 'incomplete', exitCode: 2, gaps: [{ kind: 'uncovered' }] });
  });

  it('do not keep the process alive that follows them', async () => {
    const handles = process.getActiveResourcesInfo().length;
    const run = wrap();
    const worker = fork(program('waits', wait));
    await started(worker);
    worker.kill('SIGKILL');
    await once(worker, 'exit');
    expect(process.getActiveResourcesInfo().length).toBeLessThanOrEqual(handles);
    await run.finish();
  });
});

const wait = "process.send('started'); await new Promise((resolve) => setTimeout(resolve, 30_000));";

const started = async (worker: ChildProcess): Promise<void> => void (await once(worker, 'message'));

/** A copy of the wrapper with one difference. */
const changed = (wrapper: string, from: RegExp | string, to: string): string => {
  const copy = join(folder, 'wrapper');
  const script = readFileSync(wrapper, 'utf8');
  expect(script.replace(from, to)).not.toBe(script);
  writeFileSync(copy, script.replace(from, to), { mode: 0o700 });
  return copy;
};

const isAlive = (pid = 0): boolean => !['', 'Z'].includes(/^State:\s*(\S)/m.exec(statusOf(pid))?.[1] ?? '');

const statusOf = (pid: number): string => {
  try {
    return readFileSync(`/proc/${pid}/status`, 'latin1');
  } catch {
    return '';
  }
};
