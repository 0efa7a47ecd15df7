import type { AdapterOptions, JoinedSession } from '@netaudit/core/integration';
import { takePart } from '@netaudit/core/integration';
import { type GlobalConfig, rerunRefused } from './compat.js';
import { silenceTerminal } from './silence.js';

/** Takes part in the audit of this run, or starts the run again under audit. */
export const auditJest = async (options: AdapterOptions, config: GlobalConfig): Promise<JoinedSession | null> => {
  const facts = { env: process.env, rerunRefused: () => rerunRefused(config), silence: () => silenceTerminal(config) };
  joined.session = (await takePart(options, facts)) ?? joined.session;
  return joined.session ?? null;
};

/** Jest makes its reporters again for each run of watch mode: the session is taken from the environment only once. */
type Joined = { session?: JoinedSession | undefined };
const key: unique symbol = Symbol.for('netaudit.jest.session') as never;
const keeper = process as NodeJS.Process & { [key]?: Joined };
keeper[key] ??= {};
const joined = keeper[key];
