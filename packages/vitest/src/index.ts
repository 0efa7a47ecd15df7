import type { AdapterOptions } from '@netaudit/core/integration';
import type { PermissionOption } from '@netaudit/core/worker';
import type { Plugin } from 'vitest/config';
import { auditVitest } from './audit.js';

export type NetauditOptions = AdapterOptions;

declare module 'vitest' {
  interface TaskMeta {
    /** What this test, or every test of this suite, may connect to. */
    netaudit?: PermissionOption | readonly PermissionOption[];
  }
}

/** The plugin: `plugins: [netaudit()]` in vitest.config, and every test of `vitest run` answers for its own connections. */
export default function netaudit(options: NetauditOptions = {}): Plugin {
  return {
    name: 'netaudit',
    enforce: 'pre',
    config: (config) => auditVitest(options, config),
  };
}
