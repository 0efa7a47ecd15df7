import { defineConfig } from 'tsup';

const common = { target: 'node20', dts: { compilerOptions: { ignoreDeprecations: '6.0' } }, shims: true } as const;

export default defineConfig([
  { ...common, entry: ['src/index.ts'], format: ['esm', 'cjs'], cjsInterop: true, splitting: true },
  { ...common, entry: ['src/config.ts'], format: ['esm', 'cjs'] },
  // Jest loads this one itself, in each worker. It never gives a file with this ending to a transformer, and leaves the frames of files in a
  // folder jest/build out of the stacks that it prints: so all that a test is called by is in this one file.
  { ...common, entry: { 'jest/build/runner': 'src/runner.ts' }, format: ['cjs'], dts: false, noExternal: ['@netaudit/core'] },
]);
