import { cpSync, existsSync } from 'node:fs';
import { defineConfig } from 'tsup';

/** `netaudit explain CODE` prints the page of the code. */
const pages = ['findings', 'errors'];

export default defineConfig({
  entry: { main: 'src/main.ts', program: 'src/program.ts' },
  format: ['esm'],
  target: 'node20',
  clean: true,
  splitting: true,
  onSuccess: async () => {
    for (const name of pages) if (existsSync(`../../docs/${name}`)) cpSync(`../../docs/${name}`, `dist/docs/${name}`, { recursive: true });
  },
});
