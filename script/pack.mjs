import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { root } from './paths.mjs';
import { run } from './run.mjs';
import { Stop } from './steps.mjs';

/** The packages that are published. `typed`: they are imported, so their types are checked. */
export const published = [
  { folder: 'packages/core', typed: true },
  { folder: 'packages/cli', typed: false },
  { folder: 'packages/node-test', typed: true },
  { folder: 'packages/vitest', typed: true },
  { folder: 'packages/jest', typed: true },
  { folder: 'packages/mocha', typed: false },
];

/** Packs each published package as it would be published, and returns the paths of the tarballs, in that order. */
export async function packAll(destination, env) {
  const tarballs = [];
  for (const { folder } of published) {
    const target = join(destination, folder);
    mkdirSync(target, { recursive: true });
    const { code, output } = await run('pnpm', ['pack', '--out', join(target, 'package.tgz')], {
      cwd: join(root, folder),
      env,
      capture: true,
    });
    if (code !== 0) throw new Stop(`${output}${folder} could not be packed`);
    tarballs.push(join(target, 'package.tgz'));
  }
  return tarballs;
}
