import netaudit from '@netaudit/vitest';
import { defineConfig } from 'vitest/config';

export default defineConfig({ plugins: [netaudit()] });
