import { spawnSync } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, realpathSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Behaviour } from './behaviour.js';

/** What a run of a behaviour's project came to, in the framework's own report and in ours. */
export type Outcome = {
  readonly exitCode: number | null;
  readonly stdout: string;
  readonly stderr: string;
  readonly passed: number;
  readonly failed: readonly string[];
  readonly firstError: string | undefined;
  readonly report: NetauditReport | null;
};

type ReportScope = { readonly kind: string; readonly file: string | null; readonly names: readonly string[]; readonly title?: string };
type NetauditReport = {
  readonly verdict: string;
  readonly violations: readonly {
    readonly addr: string;
    readonly port: number;
    readonly scopes: readonly {
      readonly scope: ReportScope | null;
      readonly candidates: readonly ReportScope[];
      readonly method: string;
      readonly timing: string | null;
      readonly count: number;
    }[];
  }[];
};

/** Runs the behaviour's project with the real Vitest, in the lab, in a folder of its own. */
export const runVitest = (behaviour: Behaviour, pool: string): Outcome => {
  const folder = mkdtempSync(join(tmpdir(), 'adapter-'));
  try {
    layOut(behaviour, pool, folder);
    const command = [process.execPath, 'node_modules/vitest/vitest.mjs', 'run', ...(behaviour.args ?? [])];
    const env = { ...process.env, NO_COLOR: '1', CI: 'true', ...behaviour.env };
    for (const name of Object.keys(env)) if (/^(VITEST|NETAUDIT_|TEST$|NODE_ENV$)/.test(name)) delete (env as NodeJS.ProcessEnv)[name];
    const words = Object.entries(behaviour.env ?? {}).map(([name, value]) => `${name}=${value}`);
    const run = spawnSync(lab, ['--', '/usr/bin/env', ...words, ...command], {
      cwd: folder,
      env: { ...env, PATH: process.env.PATH },
      encoding: 'utf8',
      timeout: 60_000,
    });
    return {
      exitCode: run.status,
      stdout: run.stdout,
      stderr: run.stderr,
      ...ownReport(folder),
      report: readJson(join(folder, 'netaudit.json')),
    };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
};

/** Writes the behaviour's project, ready to run, into `folder`. */
export const layOut = (behaviour: Behaviour, pool: string, folder: string): void => {
  cpSync(join(behaviour.folder, 'vitest'), folder, { recursive: true });
  cpSync(here('./connect.ts'), join(folder, 'connect.ts'));
  mkdirSync(join(folder, 'node_modules/@netaudit'), { recursive: true });
  symlinkSync(realpathSync(here('../node_modules/vitest')), join(folder, 'node_modules/vitest'));
  symlinkSync(realpathSync(here('../node_modules/@netaudit/vitest')), join(folder, 'node_modules/@netaudit/vitest'));
  symlinkSync(realpathSync(here('../node_modules/@netaudit/core')), join(folder, 'node_modules/@netaudit/core'));
  writeFileSync(join(folder, 'package.json'), JSON.stringify({ private: true, type: 'module' }));
  const options = { ...behaviour.options, report: [{ format: 'json', file: 'netaudit.json' }] };
  const test = { pool, maxWorkers: 2, reporters: ['default', ['json', { outputFile: 'vitest.json' }]], ...behaviour.config };
  const rules = behaviour.rules ? `{ ...${JSON.stringify(options)}, allowlist: [${behaviour.rules.join(', ')}] }` : JSON.stringify(options);
  const imports = ["import netaudit from '@netaudit/vitest';", ...(behaviour.rules ? ["import { IPv4Rule } from '@netaudit/core';"] : [])];
  const config = `export default { plugins: [netaudit(${rules})], test: ${JSON.stringify(test)} };`;
  writeFileSync(join(folder, 'vitest.config.ts'), [...imports, config, ''].join('\n'));
};

type VitestJson = {
  readonly testResults: readonly {
    readonly assertionResults: readonly { readonly status: string; readonly fullName: string; readonly failureMessages: string[] }[];
  }[];
};

const ownReport = (folder: string): Pick<Outcome, 'passed' | 'failed' | 'firstError'> => {
  const report = readJson<VitestJson>(join(folder, 'vitest.json'));
  const tests = report?.testResults.flatMap((file) => file.assertionResults) ?? [];
  const failed = tests.filter((test) => test.status === 'failed');
  return {
    passed: tests.filter((test) => test.status === 'passed').length,
    failed: failed.map((test) => test.fullName),
    firstError: failed[0]?.failureMessages[0],
  };
};

const readJson = <Value>(file: string): Value | null => (existsSync(file) ? (JSON.parse(readFileSync(file, 'utf8')) as Value) : null);
const here = (path: string): string => fileURLToPath(new URL(path, import.meta.url));
const lab = here('../lab/lab.sh');
