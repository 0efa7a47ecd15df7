import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: { include: ['test/*.test.ts'], globalSetup: ['test/adapters.setup.ts'], maxConcurrency: 2 },
});
