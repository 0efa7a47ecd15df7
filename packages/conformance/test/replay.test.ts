import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, realpathSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { behaviours } from '../adapters/behaviour.js';
import { vitest } from '../adapters/frameworks/vitest.js';
import { layOut } from '../adapters/project.js';

const here = (path: string): string => fileURLToPath(new URL(path, import.meta.url));
const cli = join(realpathSync(here('../node_modules/netaudit')), 'dist/main.js');

type Replayed = {
  readonly verdict: string;
  readonly violations: readonly { readonly id: string; readonly addr: string }[];
  readonly exitCode: number;
  readonly scopes: readonly { readonly id: string; readonly names: readonly string[] }[];
  readonly timeline: { readonly lanes: readonly { readonly pid: number }[]; readonly spans: readonly object[] };
  readonly processes: readonly { readonly pid: number; readonly parent: number | null }[];
  readonly dns: readonly object[];
  readonly events: readonly { readonly pid: number; readonly status: string }[];
};

const ancestors = ({ processes }: Replayed, pid: number | null | undefined): number[] => {
  const parent = processes.find((process) => process.pid === pid)?.parent;
  return typeof parent === 'number' ? [parent, ...ancestors({ processes } as Replayed, parent)] : [];
};

describe('a kept trace', { timeout: 60_000 }, () => {
  const folder = mkdtempSync(join(tmpdir(), 'replay-'));
  const file = (name: string): string => join(folder, name);
  const read = (name: string): Replayed => JSON.parse(readFileSync(file(name), 'utf8'));
  const netaudit = (...words: string[]) => spawnSync(process.execPath, [cli, ...words], { cwd: folder, encoding: 'utf8' });
  afterAll(() => rmSync(folder, { recursive: true }));

  beforeAll(() => {
    const [behaviour] = behaviours().filter(({ name }) => name === 'a-detached-child-is-charged-to-its-test-for-life');
    const [cell] = vitest.cells.filter(({ always }) => always);
    if (!behaviour || !cell) throw new Error('the behaviour or the cell is gone');
    layOut(vitest, behaviour, cell, folder);
    const env = { ...process.env, CI: 'true' };
    for (const name of Object.keys(env)) if (/^(VITEST|NODE_ENV$|TEST$)/.test(name)) delete (env as NodeJS.ProcessEnv)[name];
    const words = [
      'run',
      '--verbose',
      '--reporter',
      'json=live.json',
      '--reporter',
      'jsonl=events.jsonl',
      '--keep-trace',
      'trace.txt',
      '--',
      process.execPath,
      'node_modules/vitest/vitest.mjs',
      'run',
    ];
    const run = spawnSync(here('../lab/lab.sh'), ['--', process.execPath, cli, ...words], { cwd: folder, env, encoding: 'utf8' });
    expect(run.status, run.stderr).toBe(1);
  }, 60_000);

  it('gives the violations of the live run, with their owners', () => {
    expect(netaudit('analyze', '--format', 'json', '--output', 'again.json', 'trace.txt').status).toBe(1);
    expect(read('live.json').violations).toMatchObject([
      { addr: '203.0.113.10', scopes: [{ timing: 'detached', scope: { names: ['leaves a daemon'] } }] },
    ]);
    expect(read('again.json').violations).toEqual(read('live.json').violations);
  });

  it('gives the course of the live run', () => {
    expect(netaudit('analyze', '--verbose', '--format', 'json', '--output', 'again.json', 'trace.txt').status).toBe(1);
    const [live, again] = [read('live.json'), read('again.json')];
    const [lane] = live.timeline.lanes;
    const scope = live.scopes.find(({ names }) => names[0] === 'leaves a daemon')?.id;
    expect(live.timeline.lanes).toEqual([expect.objectContaining({ from: expect.any(Number), to: expect.any(Number) })]);
    expect(live.timeline.spans).toContainEqual({ lane: 0, scope, attempt: 1, from: expect.any(Number), to: expect.any(Number) });
    const [violating] = live.events.filter(({ status }) => status === 'violation');
    expect(violating).toMatchObject({ scope, violation: live.violations[0]?.id, line: expect.stringContaining('203.0.113.10') });
    expect(ancestors(live, violating?.pid)).toContain(lane?.pid);
    for (const key of ['timeline', 'scopes', 'processes', 'dns', 'events'] as const) expect(again[key]).toEqual(live[key]);
  });

  it('and its log of events give the same, with processes, names and the exit code of the run', () => {
    expect(netaudit('analyze', '--verbose', '--reporter', 'json=events.json', 'events.jsonl').status).toBe(1);
    const { provenance: _, ...live } = read('live.json') as ReturnType<typeof read> & { readonly provenance: unknown };
    const { provenance: __, ...replayed } = read('events.json') as typeof live & { readonly provenance: unknown };
    expect(replayed).toEqual(live);
  });

  it('is judged by another allowlist without a run', () => {
    writeFileSync(file('allow.yaml'), 'version: 1\nallowlist:\n  - family: AF_INET\n    cidr: 203.0.113.0/24\n');
    expect(netaudit('analyze', '--allowlist', 'allow.yaml', 'trace.txt').status).toBe(0);
  });

  it('is incomplete when it was cut', () => {
    const { length } = readFileSync(file('trace.txt'));
    writeFileSync(file('cut.txt'), readFileSync(file('trace.txt')));
    truncateSync(file('cut.txt'), Math.floor(length * 0.7));
    const run = netaudit('analyze', 'cut.txt');
    expect([run.status, run.stdout + run.stderr]).toEqual([2, expect.stringContaining('the trace ends before its processes do')]);
  });
});
