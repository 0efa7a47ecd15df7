import { defineConfig } from 'tsup';

const common = { target: 'node20', dts: { compilerOptions: { ignoreDeprecations: '6.0' } } } as const;

export default defineConfig([
  { ...common, entry: ['src/index.ts'], format: ['esm', 'cjs'], shims: true },
  // Vitest loads these two itself, as ES modules.
  { ...common, entry: { 'global-setup': 'src/global-setup.ts', setup: 'src/setup.ts' }, format: ['esm'], dts: false },
]);
