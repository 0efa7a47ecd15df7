import { defineConfig } from 'tsup';

export default defineConfig({
  // Mocha leaves the frames of a file named mocha.js out of the stacks it prints: a failing test looks as it does without us. All that a test is called
  // by is in that one.
  entry: { index: 'src/index.ts', mocha: 'src/set-up.ts' },
  // Mocha imports what it can not require, so one form with top-level await serves all its versions.
  format: ['esm'],
  target: 'node20',
  clean: true,
});
