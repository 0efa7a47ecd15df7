import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { root } from './paths.mjs';

/** A lockfile names packages by version and hash. An address in it would tie everyone to one registry. Returns { code, output }. */
export function checkLockfiles() {
  const output = lockfiles().flatMap(addressesIn).join('');
  return { code: output === '' ? 0 : 1, output };
}

function lockfiles() {
  const frameworks = 'packages/conformance/frameworks';
  const own = readdirSync(join(root, frameworks)).map((name) => `${frameworks}/${name}/pnpm-lock.yaml`);
  return ['pnpm-lock.yaml', ...own.filter((file) => existsSync(join(root, file)))];
}

function addressesIn(file) {
  const lines = readFileSync(join(root, file), 'utf8').split('\n');
  return lines.flatMap((line, index) => (/https?:\/\//.test(line) ? [`${file}:${index + 1} has an address: ${line.trim()}\n`] : []));
}
