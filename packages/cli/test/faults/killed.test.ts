import { existsSync, mkdirSync, rmdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { audit, canMount, connects, js, ownMounts, report } from './audit.js';

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

  const folders: readonly (readonly [string, readonly string[], string])[] = [
    ['missing', ['env', 'TMPDIR=/nowhere/at/all'], 'in /nowhere/at/all: there is no such folder'],
    ['full', [...ownMounts, fill, 'sh'], '/tmp: the disk is full'],
  ];
  test.each(folders.slice(0, canMount ? 2 : 1))(
    'a folder for temporary files that is %s is told, and the command is not run unaudited',
    async (_, prefix, reason) => {
      const { code, stdout, stderr } = await audit(['echo', 'ran'], { prefix });
      expect([code, stdout.toString()]).toEqual([2, '']);
      expect(stderr).toContain(reason);
      expect(stderr).toMatch(/set TMPDIR to a folder that can be written to \[NA\d+ TEMPORARY_FOLDER\]/);
    },
  );

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

/** Runs what follows where TMPDIR is a file system with room for a folder, and for nothing in it. */
const fill = 'mount -t tmpfs -o size=16k none "$TMPDIR" && head -c 12k /dev/zero >"$TMPDIR/full" && exec "$@"';

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
