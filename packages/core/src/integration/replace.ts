import { type SpawnSyncReturns, spawnSync } from 'node:child_process';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import type { prepareStrace } from '../audit/prepare.js';
import type { AdapterOptions } from './options.js';
import { ownCommand } from './own-command.js';

/** What the supervisor program is told in its first argument, as JSON; the command follows. */
export type RerunRequest = {
  readonly options: AdapterOptions;
  /** Variables that would change how the supervisor's own Node starts: set again for the command. */
  readonly env: Readonly<Record<string, string>>;
  /** A pipe that closes when the process that waits for the supervisor ends; null when none waits. */
  readonly parent: number | null;
  readonly abilities: Abilities;
};

/**
 * Runs this process's command line again under audit, in a process of its own or in place of this one, and ends with its exit code. Node
 * from 22.15 on can replace the process: pid, terminal and signals stay as they are. Before, this one waits and can not pass signals on.
 */
export const replaceByRerun = (options: AdapterOptions, abilities: Abilities): never => {
  const [file, ...command] = ownCommand() as [string, ...string[]];
  const env = { ...process.env };
  const kept = take(env, process.versions.pnp === undefined ? startVariables : ['NODE_V8_COVERAGE']);
  const args = (parent: number | null): string[] => {
    const request: RerunRequest = { options, env: kept, parent, abilities };
    return [supervisorProgram(), JSON.stringify(request), file, ...command];
  };
  (process as { execve?: Execve }).execve?.(file, [file, ...args(null)], env);
  return exitAs(waitFor(file, args(3), env));
};

type Abilities = ReturnType<typeof prepareStrace>;

type Execve = (file: string, argv: readonly string[], env: NodeJS.ProcessEnv) => never;

/** Takes the named variables out of `env`. */
const take = (env: NodeJS.ProcessEnv, names: readonly string[]): Record<string, string> => {
  const taken: Record<string, string> = {};
  for (const name of names) {
    const value = env[name];
    if (value !== undefined) taken[name] = value;
    delete env[name];
  }
  return taken;
};

/**
 * No listener runs while this process waits, so a signal would be lost on one: without listeners it ends this process, the pipe closes, and
 * the supervisor ends the rest. A terminal sends Ctrl-C to the supervisor as well, which is then waited for.
 */
const waitFor = (file: string, args: readonly string[], env: NodeJS.ProcessEnv): SpawnSyncReturns<Buffer> => {
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP', 'SIGQUIT']) process.removeAllListeners(signal);
  if (process.stdin.isTTY || process.stdout.isTTY || process.stderr.isTTY) process.on('SIGINT', () => {});
  return spawnSync(file, args, { stdio: ['inherit', 'inherit', 'inherit', 'pipe'], env });
};

const exitAs = ({ status, signal, error }: SpawnSyncReturns<Buffer>): never => {
  if (error) throw error;
  if (signal === null) process.exit(status ?? 2);
  process.removeAllListeners(signal);
  process.kill(process.pid, signal);
  process.exit(2);
};

/** By the package's own name: where a bundler puts this code is not known. */
const supervisorProgram = (): string =>
  join(dirname(createRequire(import.meta.url).resolve('@netaudit/core/package.json')), 'dist/integration/supervisor.js');

const startVariables = ['NODE_OPTIONS', 'NODE_V8_COVERAGE'];
