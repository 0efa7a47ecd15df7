import { createHash } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { root, workspaceFolders } from './paths.mjs';
import { run } from './run.mjs';
import { mustSucceed } from './steps.mjs';

/** Installs the locked packages, unless what they depend on is as it was when they were installed. */
export async function installPackages(env) {
  const stamp = join(root, 'node_modules', '.netaudit-installed');
  const wanted = fingerprint();
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === wanted && allLinked()) return;
  const args = ['install', '--frozen-lockfile', '--prefer-offline', '--reporter=append-only'];
  // CI: pnpm must not ask on a terminal whether it may replace a node_modules of another store.
  await mustSucceed('install packages', () => run('pnpm', args, { cwd: root, env: { ...env, CI: 'true' }, capture: true }));
  writeFileSync(stamp, wanted);
}

function fingerprint() {
  const files = ['pnpm-lock.yaml', 'pnpm-workspace.yaml', 'package.json', ...workspaceFolders().map((folder) => `${folder}/package.json`)];
  const hash = createHash('sha256').update(`${root}\n${process.version}\n`);
  for (const file of files) hash.update(`${file}\n`).update(readFileSync(join(root, file)));
  return hash.digest('hex');
}

function allLinked() {
  return workspaceFolders().every((folder) => {
    const { dependencies, devDependencies } = JSON.parse(readFileSync(join(root, folder, 'package.json'), 'utf8'));
    return Object.keys({ ...dependencies, ...devDependencies }).every((name) => existsSync(join(root, folder, 'node_modules', name)));
  });
}
