import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, test } from 'vitest';
import { bin } from '../netaudit.js';
import { audit, canMount, connects, folder, js, ownMounts, report } from './audit.js';
import { withoutPtrace } from './without-ptrace.js';

const perlCan = spawnSync('perl', ['-e', '1']).status === 0;
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

  test('whose reader is killed takes everything with it', async () => {
    const { code, stdout } = await audit(['sh', '-c', 'sleep 60 & kill -9 $PPID; ls / >/dev/null; sleep 60; echo on']);
    expect([code, stdout.toString()]).toEqual([null, '']);
    expect(existsSync(join(folder, 'report.json'))).toBe(false);
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
    expect(stderr).toMatch(/already traced, by strace \(pid \d+\).*\[NA\d+ STRACE_UNUSABLE\]/);
  });

  test.runIf(perlCan)('that a seccomp filter forbids is told, with what to do', async () => {
    const { code, stdout, stderr } = await audit(['echo', 'ran'], { prefix: ['perl', '-e', withoutPtrace, '--'] });
    expect([code, stdout.toString()]).toEqual([2, '']);
    expect(stderr).toMatch(/strace can not trace here.*a seccomp filter.*--cap-add SYS_PTRACE.*\[NA\d+ STRACE_UNUSABLE\]/);
  });
});

describe('Yama', { timeout: 30_000 }, () => {
  test.runIf(perlCan && canMount)('that forbids ptrace is told, with what to do', async () => {
    for (const [scope, advice] of [
      ['2', 'sudo sysctl kernel.yama.ptrace_scope=1'],
      ['3', 'set it to 1 in /etc/sysctl.d, and reboot'],
    ] as const) {
      const { code, stdout, stderr } = await audit(['echo', 'ran'], {
        prefix: [...ownMounts, yama, scope, 'perl', '-e', withoutPtrace, '--'],
      });
      expect([code, stdout.toString()]).toEqual([2, '']);
      expect(stderr).toContain('strace can not trace here');
      expect(stderr).toContain(`(kernel.yama.ptrace_scope is ${scope}): `.concat(advice));
      expect(stderr).toContain('STRACE_UNUSABLE]');
    }
  });
});

/** Many kernels have no Yama: its setting is put where it would be, and a filter does what it would. */
const yama =
  'mount -t tmpfs none /proc/sys/kernel && mkdir /proc/sys/kernel/yama && echo "$0" >/proc/sys/kernel/yama/ptrace_scope && exec "$@"';
