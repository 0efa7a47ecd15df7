import { isAbsolute, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { AdapterOptions } from '@netaudit/core/integration';
import { auditConfiguration } from './audit.js';
import { defaultRunner, reportersAreReplaced, runsTests } from './compat.js';
import { sendSession } from './session.js';

type Config = {
  readonly reporters?: readonly unknown[] | undefined;
  readonly rootDir?: string | undefined;
  readonly testRunner?: string | undefined;
};
type Loaded<Given> = Given | Promise<Given> | (() => Given | Promise<Given>);

/**
 * For jest.config: `module.exports = withNetaudit({ … })`. Adds the reporter, and begins the audit before globalSetup runs, so that it is
 * audited too.
 */
export const withNetaudit =
  <Given extends Config>(config: Loaded<Given>, options: AdapterOptions = {}) =>
  async (): Promise<Given> => {
    const session = runsTests(process.argv) ? await auditConfiguration(options) : null;
    const given = typeof config === 'function' ? await config() : await config;
    const reporters = [...(given.reporters ?? ['default']), [reporter, options]];
    if (!session || !reportersAreReplaced(process.argv)) return { ...given, reporters };
    // An editor names reporters of its own: none of ours is there to choose the runner of each file.
    const testRunner = given.testRunner ?? defaultRunner();
    if (testRunner === null || !isAbsolute(testRunner)) return { ...given, reporters };
    sendSession(process.env, { ...session, root: resolve(given.rootDir ?? '') }, testRunner);
    return { ...given, reporters, testRunner: runner };
  };

const reporter = fileURLToPath(new URL('./index.cjs', import.meta.url));
const runner = fileURLToPath(new URL('./jest/build/runner.cjs', import.meta.url));
