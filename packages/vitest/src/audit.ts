import { fileURLToPath } from 'node:url';
import { type AdapterOptions, type AdapterSettings, type JoinedSession, takePart } from '@netaudit/core/begin';
import { isVitestProgram, isVitestRun, runsTests, type ViteConfig } from './compat.js';

/** What the plugin adds to the configuration: nothing outside a run under audit. */
type Addition = { test: { globalSetup: string[] } } | undefined;

/** Takes part in the audit of this run, or starts the run again under audit, or leaves it to the global set-up to wrap the workers. */
export const auditVitest = async (options: AdapterOptions, config: ViteConfig): Promise<Addition> => {
  if (!isVitestRun(process.env, config) || (isVitestProgram(process.argv[1]) && !runsTests(process.argv))) return undefined;
  const instead = (settings: AdapterSettings): null => {
    joined.wrap = settings;
    return null;
  };
  joined.session = (await takePart(options, { env: process.env, rerunRefused, instead })) ?? joined.session;
  return joined.session || joined.wrap ? { test: { globalSetup: [globalSetupFile] } } : undefined;
};

const rerunRefused = (): string | null =>
  isVitestProgram(process.argv[1]) ? null : 'Vitest was started by another program (an editor, its Node API)';

const globalSetupFile = fileURLToPath(new URL('./global-setup.js', import.meta.url));

/**
 * What the plugin leaves for the global set-up: the session it takes part in, or the settings to wrap the workers with. Vitest reads its
 * configuration again in watch mode and once a project: the session is taken from the environment only once.
 */
export type Joined = { session?: JoinedSession | undefined; wrap?: AdapterSettings | undefined };
const key: unique symbol = Symbol.for('netaudit.vitest.session') as never;
const keeper = globalThis as { [key]?: Joined };
keeper[key] ??= {};
const joined = keeper[key];
