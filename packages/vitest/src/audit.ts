import { fileURLToPath } from 'node:url';
import { type AdapterOptions, type JoinedSession, takePart } from '@netaudit/core/integration';
import { isVitestProgram, isVitestRun, runsTests } from './compat.js';

/** What the plugin adds to the configuration: nothing outside a run under audit. */
type Addition = { test: { globalSetup: string[] } } | undefined;

/** Takes part in the audit of this run, or starts the run again under audit. */
export const auditVitest = async (options: AdapterOptions): Promise<Addition> => {
  if (!isVitestRun(process.env) || !runsTests(process.argv)) return undefined;
  joined.session = (await takePart(options, { env: process.env, rerunRefused })) ?? joined.session;
  return joined.session && { test: { globalSetup: [globalSetupFile] } };
};

const rerunRefused = (): string | null =>
  isVitestProgram(process.argv[1]) ? null : 'Vitest was started by another program (an editor, its Node API)';

const globalSetupFile = fileURLToPath(new URL('./global-setup.js', import.meta.url));

/** Vitest reads its configuration again in watch mode and once a project: the session is taken from the environment only once. */
export type Joined = { session?: JoinedSession | undefined };
const key: unique symbol = Symbol.for('netaudit.vitest.session') as never;
const keeper = globalThis as { [key]?: Joined };
keeper[key] ??= {};
const joined = keeper[key];
