import type { AdapterOptions } from '@netaudit/core/integration';
import { auditJest } from './audit.js';
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
    if (runsTests(process.argv)) await auditJest(options, { rootDir: process.cwd() });
    const given = typeof config === 'function' ? await config() : await config;
    const reporters = given.reporters ?? ['default'];
    return { ...given, reporters: [...reporters, ['@netaudit/jest', options]] };
  };
