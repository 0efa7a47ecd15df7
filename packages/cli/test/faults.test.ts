import { spawn, spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { bin, NOTHING_ALLOWED } from './netaudit.js';

/** `NETAUDIT_FULL=1` runs the large ones at their full size. */
const full = process.env.NETAUDIT_FULL === '1';
const root = process.getuid?.() === 0;

type Result = {
  readonly code: number | null;
  readonly stdout: Buffer;
  readonly stderr: string;
  /** Most resident memory of the supervisor, in MB. */
  readonly peak: number;
};
type Report = {
  readonly verdict: string;
  readonly gaps: readonly { readonly kind: string; readonly reason: string }[];
  readonly violations: readonly { readonly count: number; readonly scopes: readonly unknown[] }[];
  readonly command: { readonly exitCode: number | null; readonly signal: string | null } | null;
  readonly coverage: { readonly events: number };
};

let folder = '';
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'faults-'));
  mkdirSync(join(folder, 'tmp'), { mode: 0o777 });
  spawnSync('chmod', ['-R', '777', folder]);
  writeFileSync(join(folder, 'netaudit.yaml'), NOTHING_ALLOWED);
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

/** Runs `netaudit run` on a command, by way of `prefix`, and sees that nothing is left behind: no process, no folder. */
const audit = async (
  command: readonly string[],
  given: { prefix?: readonly string[]; args?: readonly string[]; during?: (pid: number) => Promise<void>; deep?: boolean } = {},
): Promise<Result> => {
  const { prefix = [], args = ['--format', 'json', '--output', 'report.json'], during } = given;
  const [program = '', ...words] = [...prefix, process.execPath, bin, 'run', ...args, '--', ...command];
  const env = { ...process.env, TMPDIR: join(folder, 'tmp'), FAULT: folder };
  const child = spawn(program, words, { cwd: folder, env, stdio: ['ignore', 'pipe', 'pipe'] });
  const stdout: Buffer[] = [];
  let stderr = '';
  let peak = 0;
  child.stdout.on('data', (chunk: Buffer) => stdout.push(chunk));
  child.stderr.on('data', (chunk: Buffer) => (stderr += chunk.toString()));
  const closed = new Promise<number | null>((resolve) => child.once('close', resolve));
  const sampling = setInterval(() => (peak = Math.max(peak, peakOf(child.pid ?? 0))), 20);
  await during?.(child.pid ?? 0);
  const code = await closed;
  clearInterval(sampling);
  await nothingIsLeft();
  return { code, stdout: Buffer.concat(stdout), stderr, peak };
};

const report = (): Report => JSON.parse(readFileSync(join(folder, 'report.json'), 'utf8')) as Report;

const peakOf = (pid: number): number => Number(/^VmHWM:\s*(\d+)/m.exec(read(`/proc/${pid}/status`))?.[1] ?? 0) / 1024;

const nothingIsLeft = async (): Promise<void> => {
  const ours = (): string[] => readdirSync(join(folder, 'tmp')).filter((name) => name.startsWith('netaudit'));
  for (let waited = 0; waited < 5000 && (alive().length > 0 || ours().length > 0); waited += 100) await sleep(100);
  expect([...alive(), ...ours()]).toEqual([]);
};

/** Processes that carry this test's folder in their environment, or on their command line. */
const alive = (): string[] =>
  readdirSync('/proc').filter((pid) => {
    if (!/^\d+$/.test(pid) || Number(pid) === process.pid) return false;
    const known = `${read(`/proc/${pid}/environ`)}${read(`/proc/${pid}/cmdline`)}`.includes(folder);
    return known && !/^State:\s*[ZX]/m.test(read(`/proc/${pid}/status`));
  });

const read = (path: string): string => {
  try {
    return readFileSync(path, 'latin1');
  } catch {
    return '';
  }
};

const js = (code: string): string[] => [process.execPath, '-e', code];
const perlCan = spawnSync('perl', ['-e', '1']).status === 0;
/** 127.0.0.1:9 is not allowed here, and nothing listens there. */
const connects = (count: number): string => `
  const net = require('node:net'); let left = ${count};
  const next = () => left-- > 0 ? net.connect(9, '127.0.0.1').on('error', next) : console.log('done');
  next();`;

describe('the tracer', { timeout: 30_000 }, () => {
  test('that is killed by what it traces makes the run incomplete', async () => {
    const { code } = await audit([
      'sh',
      '-c',
      'while read -r name pid; do [ "$name" = TracerPid: ] && break; done </proc/self/status; kill -9 "$pid"; sleep 0.2; ls / >/dev/null; echo on',
    ]);
    expect(code).toBe(2);
    expect(report()).toMatchObject({ verdict: 'incomplete', gaps: [{ kind: 'lost' }] });
  });

  test('waits for a reader that is slow, and loses nothing', async () => {
    const result = await audit(js(connects(1500)), {
      during: async (pid) => {
        while (!existsSync(join(folder, 'tmp')) || readdirSync(join(folder, 'tmp')).length === 0) await sleep(20);
        await sleep(400);
        process.kill(pid, 'SIGSTOP');
        await sleep(1500);
        process.kill(pid, 'SIGCONT');
      },
    });
    expect([result.code, result.stdout.toString()]).toEqual([1, 'done\n']);
    expect(report()).toMatchObject({ verdict: 'violations', gaps: [], violations: [{ count: 1500 }] });
  });

  test('is not needed twice: an inner netaudit says that the outer one audits, and hands the command through', async () => {
    const inner = [process.execPath, bin, 'run', '--', 'sh', '-c', 'echo inside; exit 7'];
    const { code, stdout, stderr } = await audit(inner);
    expect([code, stdout.toString()]).toEqual([7, 'inside\n']);
    expect(stderr).toContain('this runs under another netaudit');
    expect(report()).toMatchObject({ verdict: 'clean', command: { exitCode: 7 } });
  });

  test('of somebody else is named, and the command is not run unaudited', async () => {
    const { code, stdout, stderr } = await audit(['echo', 'ran'], { prefix: ['strace', '-f', '-o', '/dev/null'] });
    expect([code, stdout.toString()]).toEqual([2, '']);
    expect(stderr).toMatch(/already traced, by strace \(pid \d+\).*\[STRACE_UNUSABLE\]/);
  });

  test.runIf(perlCan)('that a seccomp filter forbids is told, with what to do', async () => {
    const { code, stdout, stderr } = await audit(['echo', 'ran'], { prefix: ['perl', '-e', withoutPtrace, '--'] });
    expect([code, stdout.toString()]).toEqual([2, '']);
    expect(stderr).toMatch(/strace can not trace here.*a seccomp filter.*--cap-add SYS_PTRACE.*\[STRACE_UNUSABLE\]/);
  });
});

/** seccomp(2) by prctl(2): ptrace fails with EPERM, all else is allowed. Numbers: linux/audit.h, asm/unistd.h. */
const { arch, ptrace, prctl } =
  process.arch === 'arm64' ? { arch: 0xc00000b7, ptrace: 117, prctl: 167 } : { arch: 0xc000003e, ptrace: 101, prctl: 157 };
const withoutPtrace = `
  my @filter = ([0x20, 0, 0, 4], [0x15, 0, 3, ${arch}], [0x20, 0, 0, 0], [0x15, 0, 1, ${ptrace}], [0x06, 0, 0, 0x50001], [0x06, 0, 0, 0x7fff0000]);
  my $code = join '', map { pack 'SCCL', @$_ } @filter;
  my $program = pack 'S x6 P', scalar @filter, $code;
  syscall(${prctl}, 38, 1, 0, 0, 0) == 0 or die "no_new_privs: $!";
  syscall(${prctl}, 22, 2, $program) == 0 or die "seccomp: $!";
  exec @ARGV or die $!;`;

describe('what is killed or full', { timeout: 30_000 }, () => {
  test('a disk that is full for the kept trace makes the run incomplete, and does not touch the command', async () => {
    const { code, stdout } = await audit(js(connects(500)), {
      args: ['--keep-trace', '/dev/full', '--format', 'json', '--output', 'report.json'],
    });
    expect([code, stdout.toString()]).toEqual([2, 'done\n']);
    expect(report()).toMatchObject({
      verdict: 'incomplete',
      gaps: [{ reason: expect.stringContaining('ENOSPC') }],
      violations: [{ count: 500 }],
    });
  });

  test('a command whose main process is killed ends as it would, and what it left is ended and named', async () => {
    const { code } = await audit(['sh', '-c', 'sleep 60 & kill -9 $$']);
    expect(code).toBe(137);
    expect(report()).toMatchObject({ verdict: 'clean', leftRunning: [{ argv: ['sleep', '60'] }], command: { signal: 'SIGKILL' } });
  });

  test('a worker that the OOM killer ends is seen to end, and its parent goes on', async () => {
    const group = memoryGroup();
    const greedy = group
      ? `echo $$ >${group}/cgroup.procs; exec ${process.execPath} -e 'const all = []; for (;;) all.push(Buffer.alloc(1 << 20, 1))'`
      : 'kill -9 $$';
    try {
      const { code, stdout } = await audit(['sh', '-c', `sh -c "$0"; echo "worker ended with $?"; exit 3`, greedy]);
      expect([code, stdout.toString()]).toEqual([3, 'worker ended with 137\n']);
      expect(report()).toMatchObject({ verdict: 'clean', gaps: [] });
    } finally {
      if (group) rmdirSync(group);
    }
  });
});

/** A memory control group with a limit of 64 MB (cgroups(7), version 1 or 2), where one can be made; null else: SIGKILL is what is left of it. */
const memoryGroup = (): string | null => {
  const name = `netaudit-${process.pid}-${Date.now()}`;
  for (const [parent, limit] of [
    ['/sys/fs/cgroup/memory', 'memory.limit_in_bytes'],
    ['/sys/fs/cgroup', 'memory.max'],
  ] as const) {
    const group = join(parent, name);
    try {
      mkdirSync(group);
      if (existsSync(join(group, limit))) {
        writeFileSync(join(group, limit), String(64 << 20));
        return group;
      }
      rmdirSync(group);
    } catch {
      // Not allowed here.
    }
  }
  return null;
};

describe('what there is a lot of', { timeout: full ? 1_200_000 : 60_000 }, () => {
  test('output of the command passes byte for byte, and past the supervisor', async () => {
    const size = full ? 1 << 30 : 32 << 20;
    const write = `
      const { createCipheriv } = require('node:crypto'); const fs = require('node:fs');
      const cipher = createCipheriv('aes-128-ctr', Buffer.alloc(16, 1), Buffer.alloc(16)); const zero = Buffer.alloc(1 << 20);
      for (let n = 0; n < ${size >> 20}; n += 1) { const block = cipher.update(zero); for (let at = 0; at < block.length; ) at += fs.writeSync(1, block, at); }`;
    const script = `set -o pipefail; "$0" "$@" | sha256sum`;
    const sum = (words: readonly string[]): string =>
      spawnSync('bash', ['-c', script, ...words], { cwd: folder, encoding: 'utf8', env: { ...process.env, TMPDIR: join(folder, 'tmp') } })
        .stdout;
    const peak = join(folder, 'peak');
    const supervised = [process.execPath, '--require', watcher(peak), bin, 'run', '--', ...js(write)];
    expect(sum(supervised)).toBe(sum(js(write)));
    expect(Number(readFileSync(peak, 'utf8'))).toBeLessThan(200);
    if (full) console.log(`1 GB of output: most memory of the supervisor ${readFileSync(peak, 'utf8')} MB`);
  });

  test('connections are counted, one violation for each place', async () => {
    const count = full ? 200_000 : 5_000;
    const begin = Date.now();
    const { code, stdout, peak } = await audit(js(connects(count)));
    expect([code, stdout.toString()]).toEqual([1, 'done\n']);
    expect(report()).toMatchObject({ verdict: 'violations', gaps: [], violations: [{ count, scopes: [{ count }] }] });
    expect(peak).toBeLessThan(400);
    if (full) console.log(`200,000 connections: ${Date.now() - begin} ms, most memory of the supervisor ${Math.round(peak)} MB`);
  });

  test('processes of a fork bomb that a limit bounds are all ended', async () => {
    const bomb = 'bomb() { bomb | bomb & }; bomb; sleep 1; echo "the command ends"';
    const limit = ['prlimit', `--nproc=${root ? 60 : processesOfUser() + 60}`];
    const command = [...(root ? ['setpriv', '--reuid', '64123', '--regid', '64123', '--clear-groups'] : []), ...limit, 'bash', '-c', bomb];
    const { stdout } = await audit(command);
    expect(stdout.toString()).toContain('the command ends');
    expect(['clean', 'incomplete']).toContain(report().verdict);
  });
});

/** The limit counts all processes and threads of the user. */
const processesOfUser = (): number => Number(spawnSync('sh', ['-c', 'ps -L -u "$(id -u)" | wc -l'], { encoding: 'utf8' }).stdout);

/** A module that writes the most resident memory of its process, in MB, at its end. */
const watcher = (file: string): string => {
  const module = join(folder, 'watch.cjs');
  writeFileSync(
    module,
    `process.on('exit', () => require('node:fs').writeFileSync(${JSON.stringify(file)}, String(Math.round(process.resourceUsage().maxRSS / 1024))));`,
  );
  return module;
};

describe('a command', { timeout: 30_000 }, () => {
  test('that forges markers is told of, and their number', async () => {
    const forge = `
      const fs = require('node:fs');
      for (const path of ['/.netaudit/${'0'.repeat(32)}/1.0.1/e30', '/.netaudit/nonsense', '/.netaudit/${'0'.repeat(32)}/2.0.1/e30'])
        try { fs.lchownSync(path, -1, -1) } catch {}
      process.exitCode = 5;`;
    expect(await audit(js(forge))).toMatchObject({ code: 2 });
    expect(report().gaps.map(({ kind }) => kind)).toEqual(['forged', 'forged', 'forged']);
    expect(report()).toMatchObject({ verdict: 'incomplete', command: { exitCode: 5 } });
  });

  test('and its children find no secret of the audit in their environments and arguments', async () => {
    const look = 'tr "\\0" "\\n" </proc/$$/environ; tr "\\0" "\\n" </proc/$$/cmdline';
    const { stdout } = await audit(['sh', '-c', `${look}; sh -c '${look}'`], {
      args: ['--keep-trace', 'trace', '--format', 'json', '--output', 'report.json'],
    });
    const [, nonce = 'none'] = /\/\.netaudit\/([0-9a-f]{32})\/start/.exec(readFileSync(join(folder, 'trace'), 'utf8')) ?? [];
    expect(nonce).toMatch(/^[0-9a-f]{32}$/);
    expect(stdout.toString()).toContain('PATH=');
    expect(stdout.toString()).not.toContain(nonce);
  });

  test('that deletes the folder of the audit is audited all the same', async () => {
    expect(
      await audit(['sh', '-c', `rm -rf "$NETAUDIT_SESSION" "$TMPDIR"/netaudit*; "$0" -e "$1"`, process.execPath, connects(3)]),
    ).toMatchObject({ code: 1 });
    expect(report()).toMatchObject({ verdict: 'violations', gaps: [], violations: [{ count: 3 }] });
  });

  test('has the descriptors that it has without an audit, and may close them all', async () => {
    const list = ['sh', '-c', 'ls /proc/self/fd | tr "\\n" " "; exec 0<&- 1>&- 2>&-; exit 4'];
    const alone = spawnSync(list[0] as string, list.slice(1), { encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] });
    const { code, stdout } = await audit(list);
    expect([code, stdout.toString()]).toEqual([4, alone.stdout]);
    expect(report()).toMatchObject({ verdict: 'clean', gaps: [] });
  });

  test('that changes its folder, its environment and its user is followed', async () => {
    const change = `
      process.chdir('/'); for (const name of Object.keys(process.env)) delete process.env[name];
      if (process.getuid() === 0) { process.setgid(64123); process.setuid(64123); }
      require('node:child_process').execFileSync(${JSON.stringify(process.execPath)}, ['-e', ${JSON.stringify(connects(2))}], { env: {} });`;
    expect(await audit(js(change))).toMatchObject({ code: 1 });
    expect(report()).toMatchObject({ verdict: 'violations', gaps: [], violations: [{ count: 2 }] });
  });
});
