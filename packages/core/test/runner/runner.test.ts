import { spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { NetauditError, StraceNotFoundError } from '../../src/model/error.js';
import { straceArgv, straceFallbacks } from '../../src/sources/strace/argv.js';
import { StraceRunner } from '../../src/sources/strace/runner.js';
import type { StraceAbilities } from '../../src/sources/strace/version.js';

const folder = mkdtempSync(join(tmpdir(), 'runner-'));
afterAll(() => rmSync(folder, { recursive: true }));
const quiet = { stdio: 'ignore' } as const;

describe('StraceRunner', () => {
  it.each([
    ['exit 0', 0, null],
    ['exit 7', 7, null],
    ['kill -TERM $$', null, 'SIGTERM'],
    ['kill -KILL $$', null, 'SIGKILL'],
  ])('gives the end of a command as it is: %s', async (script, exitCode, signal) => {
    expect(await new StraceRunner(['sh', '-c', script], quiet).run()).toMatchObject({ exitCode, signal, problems: [] });
  });

  it('starts at once and waits when it is stopped', async () => {
    const runner = new StraceRunner(['sleep', '30'], quiet);
    const pid = runner.start();
    expect(readFileSync(`/proc/${pid}/stat`, 'utf8')).toContain(String(pid));
    expect(await runner.stop('SIGTERM')).toMatchObject({ exitCode: null, signal: 'SIGTERM' });
  });

  it('is for one run', async () => {
    const runner = new StraceRunner(['true'], quiet);
    await expect(runner.stop()).rejects.toThrow('not started');
    await runner.run();
    expect(() => runner.start()).toThrow('started before');
  });

  it('keeps the trace, and hands out events as they come', async () => {
    const keepTrace = join(folder, 'kept');
    const kinds: string[] = [];
    await new StraceRunner(['true'], { ...quiet, keepTrace, onEvent: (event) => void kinds.push(event.kind) }).run();
    expect(readFileSync(keepTrace, 'utf8')).toMatch(/execve\(.*\n.*\+\+\+ exited with 0 \+\+\+\n$/s);
    expect(kinds).toEqual(['exec', 'exec', 'exit']);
  });

  it('refuses io_uring, which no trace can show, and the program goes on without it', async () => {
    const keepTrace = join(folder, 'ring');
    const argv = [process.execPath, '-e', "require('node:fs').readFile('/etc/passwd', (error) => process.exit(error ? 1 : 0))"];
    const result = await new StraceRunner(argv, { ...quiet, keepTrace, env: { ...process.env, UV_USE_IO_URING: '1' } }).run();
    expect(readFileSync(keepTrace, 'utf8')).toMatch(/io_uring_setup\(.* = -1 ENOSYS .*\(INJECTED\)/);
    expect(result).toMatchObject({ exitCode: 0 });
    expect(result.events.filter((event) => event.kind === 'lost' || event.kind === 'unread')).toEqual([]);
  });

  it('leaves the environment as it is', async () => {
    const env = { PATH: process.env.PATH, LC_ALL: 'xx_XX.UTF-8', ONE: '1' };
    const script = `[ "$LC_ALL" = xx_XX.UTF-8 ] && [ "$ONE" = 1 ] && [ -z "$HOME" ]`;
    expect(await new StraceRunner(['sh', '-c', script], { ...quiet, env }).run()).toMatchObject({ exitCode: 0 });
    expect(
      await new StraceRunner(['sh', '-c', '[ -z "${LC_ALL+set}" ]'], { ...quiet, env: { PATH: process.env.PATH } }).run(),
    ).toMatchObject({ exitCode: 0 });
  });

  it('throws when there is no strace, and says how to get it', () => {
    const attempt = () => new StraceRunner(['true'], { env: { PATH: folder } });
    expect(attempt).toThrow(StraceNotFoundError);
    expect(attempt).toThrow(NetauditError);
    expect(attempt).toThrow('apt install strace');
  });

  it('leaves no file behind', async () => {
    const before = readdirSync(tmpdir()).filter((name) => name.startsWith('netaudit-'));
    await new StraceRunner(['true'], quiet).run();
    expect(readdirSync(tmpdir()).filter((name) => name.startsWith('netaudit-') && !before.includes(name))).toEqual([]);
  });
});

describe('the standard streams of a command', () => {
  const program = `
    const { StraceRunner } = require(${JSON.stringify(join(import.meta.dirname, '../../dist/index.cjs'))});
    new StraceRunner(process.argv.slice(1)).run().then((result) => process.exit(result.exitCode));
  `;

  it('are our own, byte for byte', () => {
    const input = Buffer.from([0, 1, 2, 255, 10, 13]);
    const run = spawnSync(process.execPath, ['-e', program, 'sh', '-c', 'cat; printf err >&2; exit 3'], { input });
    expect([run.status, run.stdout, run.stderr.toString()]).toEqual([3, input, 'err']);
  });

  it('are a terminal when ours are', () => {
    const command = `${process.execPath} -e '${program.replaceAll('\n', ' ')}' sh -c "test -t 0 && test -t 1 && test -t 2 && echo terminal"`;
    const run = spawnSync('script', ['-qec', command, '/dev/null'], { encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] });
    expect(run.stdout).toContain('terminal');
  });
});

describe('the options for a version of strace', () => {
  const old: StraceAbilities = {
    path: 'strace',
    version: '4.15',
    seccompBpf: false,
    killOnExit: false,
    optionalNames: false,
    inject: false,
    color: false,
  };
  const argv = (abilities: StraceAbilities) => straceArgv(abilities, { traceFile: 'f', command: ['true'], locale: undefined }).join(' ');

  it.each<[string, Partial<StraceAbilities>, string[], string[], number]>([
    ['4.15 has none of the newer ones', {}, ['trace=connect,'], ['?clone3', '--seccomp-bpf', '--kill-on-exit', '--color', 'inject='], 3],
    [
      '5.3 filters in the kernel',
      { optionalNames: true, inject: true, seccompBpf: true },
      ['?clone3', '--seccomp-bpf', 'inject=?io_uring_setup:error=ENOSYS'],
      ['--kill-on-exit', '--color'],
      1,
    ],
    [
      '6.6 ends tracees with it',
      { optionalNames: true, inject: true, seccompBpf: true, killOnExit: true },
      ['--kill-on-exit'],
      ['--color'],
      0,
    ],
    [
      '7.0 is told not to colour',
      { optionalNames: true, inject: true, seccompBpf: true, killOnExit: true, color: true },
      ['--color=never'],
      [],
      0,
    ],
  ])('%s', (_, abilities, present, absent, fallbacks) => {
    for (const word of present) expect(argv({ ...old, ...abilities })).toContain(word);
    for (const word of absent) expect(argv({ ...old, ...abilities })).not.toContain(word);
    expect(straceFallbacks({ ...old, ...abilities })).toHaveLength(fallbacks);
  });
});
