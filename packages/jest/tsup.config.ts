import { defineConfig } from 'tsup';

const common = { target: 'node20', dts: { compilerOptions: { ignoreDeprecations: '6.0' } }, shims: true } as const;

export default defineConfig([
  { ...common, entry: ['src/index.ts'], format: ['esm', 'cjs'], cjsInterop: true, splitting: true },
  { ...common, entry: ['src/config.ts'], format: ['esm', 'cjs'] },
  // Jest loads this one itself, in each worker. With this ending it is never given to a transformer.
  { ...common, entry: ['src/runner.ts'], format: ['cjs'], dts: false },
]);
