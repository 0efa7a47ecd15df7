import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';

/** A mistake in an input: told in one line, and the step ends with 3. */
export class Refused extends Error {}

/** The program of netaudit to run: that of the project, or the one of the version, of which every package is checked. Throws Refused. */
export function provideNetaudit(version, folder, env) {
  if (version !== '') return install(version, env);
  const found = programIn(folder);
  if (found) return found;
  throw new Refused(
    'the project has no netaudit: npm install --save-dev netaudit, and install the packages before this step (npm ci); or give the input version',
  );
}

/** The nearest node_modules, from the folder up. */
function programIn(folder) {
  const manifest = join(folder, 'node_modules/netaudit/package.json');
  if (existsSync(manifest)) return join(dirname(manifest), JSON.parse(readFileSync(manifest, 'utf8')).bin.netaudit);
  return dirname(folder) === folder ? null : programIn(dirname(folder));
}

/**
 * Asks npm what the version comes to, compares the hash of that, and installs just that, without running a script of any package. npm compares each
 * package with the hash in its lockfile.
 */
function install(given, env) {
  const [, version, wanted] = /^(\d+\.\d+\.\d+(?:-[0-9A-Za-z.-]+)?)(?:\+sha256\.([0-9a-f]{64}))?$/.exec(given) ?? [];
  if (!version) throw new Refused(`the input version is '${given}'; an exact one with its hash is allowed, such as 0.1.0+sha256.…`);
  const folder = mkdtempSync(join(env.RUNNER_TEMP ?? tmpdir(), 'netaudit-'));
  writeFileSync(join(folder, 'package.json'), JSON.stringify({ private: true, dependencies: { netaudit: version } }));
  npm(['install', '--package-lock-only', '--ignore-scripts', '--no-audit', '--no-fund'], folder, env);
  const found = lockHash(JSON.parse(readFileSync(join(folder, 'package-lock.json'), 'utf8')));
  if (found !== wanted) {
    const reason = wanted ? 'has another hash than the packages it comes to: look at what was released since' : 'has no hash';
    throw new Refused(`the input version ${reason}; today it would be ${version}+sha256.${found}`);
  }
  npm(['ci', '--ignore-scripts', '--no-audit', '--no-fund'], folder, env);
  return programIn(folder) ?? refuse(`netaudit ${version} has no program`);
}

/** SHA-256 of a line `PATH VERSION INTEGRITY` for each package, in the order of their paths. A package without a hash can not be pinned. */
function lockHash({ packages }) {
  const lines = Object.entries(packages)
    .filter(([path]) => path !== '')
    .sort(([one], [other]) => (one < other ? -1 : 1))
    .map(([path, { version, integrity }]) => `${path} ${version} ${integrity ?? refuse(`${path} has no hash`)}\n`);
  return createHash('sha256').update(lines.join('')).digest('hex');
}

function npm(args, cwd, env) {
  const { status, stderr, error } = spawnSync('npm', args, { cwd, env, encoding: 'utf8', stdio: ['ignore', 'ignore', 'pipe'] });
  if (status !== 0) throw new Refused(`npm ${args[0]} failed: ${(error?.message ?? stderr).trim().split('\n').slice(0, 5).join('; ')}`);
}

function refuse(reason) {
  throw new Refused(reason);
}
