/** A test framework and the one line that audits it. */
export type Framework = {
  readonly name: 'vitest' | 'jest' | 'mocha' | 'node:test';
  readonly adapter: string;
  /** Major versions, and the least minor of the first; null: those of Node. */
  readonly versions: { readonly from: readonly [number, number]; readonly to: number } | null;
  /** Its files of configuration, the first that is there counts. */
  readonly configs: readonly string[];
};

const forms = (name: string, endings: readonly string[]): string[] => endings.map((ending) => `${name}.${ending}`);
const scripts = ['ts', 'mts', 'cts', 'js', 'mjs', 'cjs'];

export const frameworks: readonly Framework[] = [
  {
    name: 'vitest',
    adapter: '@netaudit/vitest',
    versions: { from: [3, 2], to: 5 },
    configs: [...forms('vitest.config', scripts), ...forms('vite.config', scripts)],
  },
  {
    name: 'jest',
    adapter: '@netaudit/jest',
    versions: { from: [29, 0], to: 30 },
    configs: [...forms('jest.config', [...scripts, 'json'])],
  },
  {
    name: 'mocha',
    adapter: '@netaudit/mocha',
    versions: { from: [10, 0], to: 12 },
    configs: forms('.mocharc', ['js', 'cjs', 'mjs', 'yaml', 'yml', 'jsonc', 'json']),
  },
  { name: 'node:test', adapter: '@netaudit/node-test', versions: null, configs: [] },
];

/** Whether the adapter takes this version of the framework. */
export const isSupported = ({ versions }: Framework, version: string): boolean => {
  if (versions === null) return true;
  const [major = 0, minor = 0] = version.split('.').map(Number);
  const [fromMajor, fromMinor] = versions.from;
  return major <= versions.to && (major > fromMajor || (major === fromMajor && minor >= fromMinor));
};

export const supportedText = ({ versions }: Framework): string =>
  versions === null ? 'any' : `${versions.from[1] === 0 ? versions.from[0] : versions.from.join('.')} to ${versions.to}`;
