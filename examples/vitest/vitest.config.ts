import netaudit from '@netaudit/vitest';
import { defineConfig } from 'vitest/config';

const { ALLOWLIST, NETAUDIT_REPORT } = process.env;

export default defineConfig({
  plugins: [
    netaudit({
      allowlist: ALLOWLIST ?? 'netaudit.yaml',
      report: NETAUDIT_REPORT ? [{ format: 'json', file: NETAUDIT_REPORT }] : [],
    }),
  ],
});
