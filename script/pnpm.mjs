import { chmodSync, existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { root, shimFolder } from './paths.mjs';
import { run } from './run.mjs';
import { Stop, say } from './steps.mjs';

/**
 * Makes `pnpm`, in the exact version of package.json's "packageManager", the first one on PATH: turbo starts a program of that name.
 * Neither pnpm nor corepack need be installed.
 */
export async function providePnpm(env) {
  const version = pinnedVersion();
  const shim = join(shimFolder, 'pnpm');
  if (isCurrent(shim, version)) return;
  say(`find pnpm ${version}`);
  const program = (await askCorepack(version, env)) ?? (await askNpx(version, env));
  mkdirSync(shimFolder, { recursive: true });
  writeFileSync(shim, `#!/bin/sh\n# pnpm ${version}\n# ${process.execPath}\n# ${program}\nexec "${process.execPath}" "${program}" "$@"\n`);
  chmodSync(shim, 0o755);
}

function pinnedVersion() {
  const { packageManager } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
  return /^pnpm@([^+]+)/.exec(packageManager)[1];
}

function isCurrent(shim, version) {
  if (!existsSync(shim)) return false;
  const [, versionLine, node, program] = readFileSync(shim, 'utf8').split('\n');
  return versionLine === `# pnpm ${version}` && node === `# ${process.execPath}` && existsSync(program.slice(2));
}

/** corepack checks the hash in "packageManager". No command of it tells where it put the program; the place is its convention. */
async function askCorepack(version, env) {
  const { code, output } = await run('corepack', ['pnpm', '--version'], { cwd: root, env, capture: true });
  if (code !== 0 || output.trim() !== version) return null;
  const cache = env.COREPACK_HOME ?? join(env.XDG_CACHE_HOME ?? join(homedir(), '.cache'), 'node', 'corepack');
  const program = join(cache, 'v1', 'pnpm', version, 'bin', 'pnpm.cjs');
  return existsSync(program) ? program : null;
}

/** Asked once for the path: npx takes 1 to 2 s a start, and turbo starts pnpm for every task. */
async function askNpx(version, env) {
  const args = ['--yes', '--prefer-offline', '--package', `pnpm@${version}`, '-c', 'command -v pnpm'];
  const { code, output } = await run('npx', args, { cwd: root, env: { ...env, npm_config_update_notifier: 'false' }, capture: true });
  const program = output.split('\n').findLast((line) => line.startsWith('/') && existsSync(line));
  if (code === 0 && program !== undefined) return program;
  throw new Stop(`${output}pnpm ${version} could not be fetched. Check that npm reaches its registry: npm view pnpm@${version} version`);
}
