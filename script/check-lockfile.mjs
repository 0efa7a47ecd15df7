import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { root } from './paths.mjs';

/** The lockfile names packages by version and hash. An address in it would tie everyone to one registry. Returns { code, output }. */
export function checkLockfile() {
  const lines = readFileSync(join(root, 'pnpm-lock.yaml'), 'utf8').split('\n');
  const output = lines.flatMap((line, index) =>
    /https?:\/\//.test(line) ? [`pnpm-lock.yaml:${index + 1} has an address: ${line.trim()}\n`] : [],
  );
  return { code: output.length === 0 ? 0 : 1, output: output.join('') };
}
