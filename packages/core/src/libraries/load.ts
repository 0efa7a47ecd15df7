import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';

// Packages of others that most runs never use. The build makes one file of each (dist/libraries), with what is named beside this file; it is loaded when it
// is first asked for. As installed, zod takes 65 ms, yaml 30 and dns-packet 15; as such a file 10, 8 and 4.

/** Loads what this package built of the library; by the package's own name, as where a bundler puts this code is not known. */
const lazily = <Library>(name: string): (() => Library) => {
  let loaded: Library | null = null;
  return () => {
    loaded ??= load(name) as Library;
    return loaded;
  };
};

const load = (name: string): unknown => {
  const requireOwn = createRequire(import.meta.url);
  return requireOwn(join(dirname(requireOwn.resolve('@netaudit/core/package.json')), `dist/libraries/${name}.cjs`));
};

export const zod = lazily<typeof import('./zod.js')>('zod');
export const yaml = lazily<typeof import('./yaml.js')>('yaml');
export const codeFrame = lazily<typeof import('./code-frame.js')>('code-frame');
export const dnsPacket = lazily<typeof import('./dns-packet.js')>('dns-packet');
