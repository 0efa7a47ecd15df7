import { lstatSync, mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { run } from './run.mjs';
import { say } from './steps.mjs';

/** Bytes: what `@netaudit/vitest` may take once it is installed, with its dependencies; without Vitest, which is there already. */
const most = 10_000_000;

/**
 * Installs the packed packages of the adapter for Vitest in an empty project in `folder`, without peers, counts the bytes, and says them. Returns
 * { code, output }.
 */
export async function checkInstalledSize(tarballs, folder, env) {
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, 'package.json'), JSON.stringify({ private: true }));
  const args = ['install', '--omit=dev', '--omit=peer', '--legacy-peer-deps', '--no-audit', '--no-fund', '--prefer-offline', ...tarballs];
  const installed = await run('npm', args, { cwd: folder, env, capture: true });
  if (installed.code !== 0) return installed;
  const bytes = sizeOf(join(folder, 'node_modules'));
  const size = `@netaudit/vitest takes ${(bytes / 1e6).toFixed(1)} MB installed, with its dependencies`;
  say(size);
  return { code: bytes > most ? 1 : 0, output: `${size}; at most ${most / 1e6} MB are wanted\n` };
}

function sizeOf(path) {
  const entry = lstatSync(path);
  if (!entry.isDirectory()) return entry.size;
  return readdirSync(path).reduce((sum, name) => sum + sizeOf(join(path, name)), 0);
}
