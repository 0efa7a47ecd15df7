import { cpSync, mkdirSync, mkdtempSync, realpathSync, symlinkSync, writeFileSync } from 'node:fs';
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

const here = (path: string): string => fileURLToPath(new URL(path, import.meta.url));
