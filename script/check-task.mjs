import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { checkExample } from './captures-task.mjs';
import { checkLockfiles } from './check-lockfile.mjs';
import { checkPackages } from './check-packages.mjs';
import { checkPnp } from './check-pnp.mjs';
import { checkCommands } from './docs/run-commands.mjs';
import { checkMadePages, checkSite } from './docs-task.mjs';
import { checkInstalledSize } from './installed-size.mjs';
import { packAll, published } from './pack.mjs';
import { binFolder, root } from './paths.mjs';
import { run } from './run.mjs';
import { runAll } from './steps.mjs';

/** Everything that can be checked without running the tests. All checks run; the last line says which failed. Returns the exit code. */
export async function checkTask(env) {
  const folder = mkdtempSync(join(tmpdir(), 'packed-'));
  try {
    const tarballs = await packAll(folder, env);
    const { failed, notRun } = await runAll(checks(tarballs, folder, env));
    if (notRun.length > 0) console.log(`\nNot run, as it can not be on this machine: ${notRun.join(', ')}`);
    console.log(
      failed.length > 0 ? `\nFailed: ${failed.join(', ')}` : notRun.length > 0 ? '\nEvery other check passed.' : '\nEvery check passed.',
    );
    return failed.length === 0 ? 0 : 1;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function checks(tarballs, folder, env) {
  const tool = (name, ...args) => run(join(binFolder, name), args, { cwd: root, env, capture: true });
  const typed = tarballs.filter((_, index) => published[index].typed);
  return [
    { name: 'types', work: () => tool('turbo', 'run', 'typecheck', '--continue', '--output-logs=errors-only') },
    { name: 'lint and format', work: () => tool('biome', 'ci', '--colors=off', '--error-on-warnings', '--max-diagnostics=50') },
    { name: 'import table', work: () => run(process.execPath, ['script/check-imports.mjs'], { cwd: root, env, capture: true }) },
    { name: 'package manifests (publint)', work: () => each(tarballs, (file) => tool('publint', 'run', file, '--strict')) },
    {
      name: 'package types (attw)',
      work: () => each(typed, (file) => tool('attw', file, '--profile', 'node16', '--no-color', '--no-emoji')),
    },
    { name: 'unused files, exports and dependencies (knip)', work: () => tool('knip', '--no-progress') },
    { name: 'lockfiles', work: async () => checkLockfiles() },
    { name: 'pages that are made of the code', work: () => checkMadePages() },
    { name: 'the example in the README', work: () => checkExample(env) },
    { name: 'commands of the documentation', work: () => checkCommands(env) },
    { name: 'site', work: () => checkSite(env) },
    { name: 'installed size', work: () => checkInstalledSize(packed(tarballs, 'core', 'vitest'), join(folder, 'alone'), env) },
    { name: 'packed packages', work: () => checkPackages(tarballs, join(folder, 'project'), env) },
    { name: "packed packages in a project of Yarn Plug'n'Play", work: () => checkPnp(tarballs, join(folder, 'pnp'), env) },
  ];
}

/** The tarballs of some packages, by the names of their folders. */
const packed = (tarballs, ...names) => tarballs.filter((_, index) => names.some((name) => published[index].folder === `packages/${name}`));

/** Runs one tool on every file: one result, the failures joined. */
async function each(files, work) {
  const results = [];
  for (const file of files) results.push(await work(file));
  const failed = results.filter(({ code }) => code !== 0);
  return { code: failed.length === 0 ? 0 : 1, output: failed.map(({ output }) => output).join('') };
}
