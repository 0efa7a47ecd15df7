import { copyFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { main as compile } from 'assemblyscript/asc';
import { defineConfig } from 'tsup';

/** The scanner of traces, a few KB of WebAssembly without a runtime. */
const compileScanner = async (): Promise<void> => {
  const options = ['--optimizeLevel', '3', '--runtime', 'stub', '--noAssert', '--enable', 'simd'];
  const { error, stderr } = await compile(['scanner/scanner.ts', '--outFile', 'dist/scanner.wasm', ...options]);
  if (error) throw new Error(stderr.toString(), { cause: error });
};

export default defineConfig([
  {
    entry: {
      index: 'src/index.ts',
      'integration/index': 'src/integration/index.ts',
      'integration/begin': 'src/integration/begin.ts',
      'integration/supervisor': 'src/integration/supervisor.ts',
      'integration/worker/index': 'src/integration/worker/index.ts',
    },
    format: ['esm', 'cjs'],
    target: 'node20',
    dts: { compilerOptions: { ignoreDeprecations: '6.0' } },
    splitting: true,
    // Built in, so that few files are loaded at the start; the first two are ES modules alone, which not every Node that we run on lets CommonJS load
    // (THIRD-PARTY.md has their licences).
    noExternal: ['fast-string-width', 'fast-wrap-ansi', 'ipaddr.js'],
    shims: true,
    onSuccess: async () => {
      // The page of the html reporter, which packages/page builds.
      copyFileSync(createRequire(import.meta.url).resolve('@netaudit/page/template.html'), 'dist/page.html');
      await compileScanner();
    },
  },
  {
    entry: Object.fromEntries(['code-frame', 'dns-packet', 'yaml', 'zod'].map((name) => [`libraries/${name}`, `src/libraries/${name}.ts`])),
    format: ['cjs'],
    target: 'node20',
    dts: false,
    splitting: false,
    noExternal: [/./],
  },
]);
