import { spawnSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { bin } from '../netaudit.js';
import { audit, connects, folder, full, js, report, root } from './audit.js';

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
