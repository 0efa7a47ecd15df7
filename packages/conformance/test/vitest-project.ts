import { spawn } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, readFileSync, realpathSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** A folder with one slow test, Vitest and our plugin, and a folder `tmp` of its own; `config` is its vitest.config.ts. */
export const makeVitestProject = (prefix: string, config: string): string => {
  const folder = realpathSync(mkdtempSync(join(tmpdir(), prefix)));
  mkdirSync(join(folder, 'node_modules/@netaudit'), { recursive: true });
  mkdirSync(join(folder, 'tmp'));
  for (const name of ['vitest', '@netaudit/vitest'])
    symlinkSync(realpathSync(here(`../node_modules/${name}`)), join(folder, 'node_modules', name));
  cpSync(here('./fixtures/slow.test.ts'), join(folder, 'slow.test.ts'));
  writeFileSync(join(folder, 'package.json'), '{ "type": "module", "private": true }');
  writeFileSync(join(folder, 'vitest.config.ts'), config);
  return folder;
};

/** An allowlist under which loopback is a violation. */
export const NOTHING_ALLOWED =
  'version: 1\nincludes_builtins: false\nallowlist:\n  - {family: AF_UNIX, path_glob: "*"}\n  - {family: AF_NETLINK}\n';

/** How a run of Vitest ended. `peak`: most resident memory of its first process, the supervisor, in MB. */
export type VitestEnd = { readonly code: number | null; readonly output: string; readonly peak: number };

/** Runs Vitest in the folder of a project, and waits for its end. */
export const runVitest = (folder: string, given: NodeJS.ProcessEnv = {}): Promise<VitestEnd> => {
  const child = spawn(process.execPath, ['node_modules/vitest/vitest.mjs', 'run'], {
    cwd: folder,
    env: { ...vitestEnvironment(folder), ...given },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let output = '';
  let peak = 0;
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk: Buffer) => (output += chunk.toString()));
  const sampling = setInterval(() => (peak = Math.max(peak, peakOf(child.pid ?? 0))), 100);
  return new Promise((resolve) =>
    child.once('close', (code) => {
      clearInterval(sampling);
      resolve({ code, output, peak });
    }),
  );
};

/** As a user's shell has it: nothing of the Vitest that runs these tests. */
export const vitestEnvironment = (folder: string): NodeJS.ProcessEnv => {
  const env: NodeJS.ProcessEnv = {
    ...process.env,
    TMPDIR: join(folder, 'tmp'),
    CI: 'true',
    NO_COLOR: '1',
    GITHUB_ACTIONS: undefined,
    GITLAB_CI: undefined,
  };
  for (const name of Object.keys(env)) if (/^(VITEST|NODE_ENV$|TEST$|FORCE_COLOR$)/.test(name)) delete env[name];
  return env;
};

/** proc(5), VmHWM, in MB; 0 when the process is gone. */
const peakOf = (pid: number): number => {
  try {
    return Math.round(Number(/^VmHWM:\s*(\d+)/m.exec(readFileSync(`/proc/${pid}/status`, 'latin1'))?.[1] ?? 0) / 1024);
  } catch {
    return 0;
  }
};

const here = (path: string): string => fileURLToPath(new URL(path, import.meta.url));
