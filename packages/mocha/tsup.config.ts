import { defineConfig } from 'tsup';

export default defineConfig({
  // Mocha leaves the frames of a file named mocha.js out of the stacks it prints: a failing test looks as it does without us.
  entry: { mocha: 'src/index.ts' },
  // Mocha imports what it can not require, so one form with top-level await serves all its versions.
  format: ['esm'],
  target: 'node20',
});
