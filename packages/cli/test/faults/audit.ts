import { spawn, spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, beforeEach, expect } from 'vitest';
import { bin, NOTHING_ALLOWED } from '../netaudit.js';

/** `NETAUDIT_FULL=1` runs the large ones at their full size. */
export const full = process.env.NETAUDIT_FULL === '1';
export const root = process.getuid?.() === 0;

type Result = {
  readonly code: number | null;
  readonly stdout: Buffer;
  readonly stderr: string;
  /** Most resident memory of the supervisor, in MB. */
  readonly peak: number;
};
type Report = {
  readonly verdict: string;
  readonly gaps: readonly { readonly kind: string; readonly reason: string; readonly count?: number }[];
  readonly violations: readonly { readonly count: number; readonly scopes: readonly unknown[] }[];
  readonly command: { readonly exitCode: number | null; readonly signal: string | null } | null;
  readonly coverage: { readonly events: number };
};

/** A new one for each test: where the command runs, with a folder `tmp` for temporary files. */
export let folder = '';
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'faults-'));
  mkdirSync(join(folder, 'tmp'), { mode: 0o777 });
  spawnSync('chmod', ['-R', '777', folder]);
  writeFileSync(join(folder, 'netaudit.yaml'), NOTHING_ALLOWED);
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

/** Runs `netaudit run` on a command, by way of `prefix`, and sees that nothing is left behind: no process, no folder. */
export const audit = async (
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

export const report = (): Report => JSON.parse(readFileSync(join(folder, 'report.json'), 'utf8')) as Report;

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

/** The command that runs this code. */
export const js = (code: string): string[] => [process.execPath, '-e', code];
/** A mount namespace of its own, in a user namespace where that is needed. */
export const ownMounts = ['unshare', ...(root ? [] : ['-Ur']), '-m', 'sh', '-c'];
export const canMount = spawnSync('unshare', [...ownMounts.slice(1), 'mount -t tmpfs none /proc/sys/kernel']).status === 0;
/** 127.0.0.1:9 is not allowed here, and nothing listens there. */
export const connects = (count: number): string => `
  const net = require('node:net'); let left = ${count};
  const next = () => left-- > 0 ? net.connect(9, '127.0.0.1').on('error', next) : console.log('done');
  next();`;
