import type { AdapterOptions } from '@netaudit/core/integration';
import type { Plugin } from 'vitest/config';
import { auditVitest } from './audit.js';

export type NetauditOptions = AdapterOptions;

/** The plugin: `plugins: [netaudit()]` in vitest.config, and every test of `vitest run` answers for its own connections. */
export default function netaudit(options: NetauditOptions = {}): Plugin {
  return {
    name: 'netaudit',
    enforce: 'pre',
    config: (config) => auditVitest(options, config),
  };
}
