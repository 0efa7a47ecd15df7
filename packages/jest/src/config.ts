import { fileURLToPath } from 'node:url';
import type { AdapterOptions } from '@netaudit/core/integration';
import { auditConfiguration } from './audit.js';
import { runsTests } from './compat.js';

type Config = { readonly reporters?: readonly unknown[] | undefined };
type Loaded<Given> = Given | Promise<Given> | (() => Given | Promise<Given>);

/**
 * For jest.config: `module.exports = withNetaudit({ … })`. Adds the reporter, and begins the audit before globalSetup runs, so that it is
 * audited too.
 */
export const withNetaudit =
  <Given extends Config>(config: Loaded<Given>, options: AdapterOptions = {}) =>
  async (): Promise<Given> => {
    if (runsTests(process.argv)) await auditConfiguration(options);
    const given = typeof config === 'function' ? await config() : await config;
    return { ...given, reporters: [...(given.reporters ?? ['default']), [reporter, options]] };
  };

const reporter = fileURLToPath(new URL('./index.cjs', import.meta.url));
