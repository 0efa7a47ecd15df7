import type { WorkerSession } from '@netaudit/core/worker';

/** What Jest's workers are told of the run. */
export type SentSession = WorkerSession & { readonly root: string };

/** Child processes and threads get the environment as it is when they start; a run in band reads it in this process. */
export const sendSession = (env: NodeJS.ProcessEnv, sent: SentSession): void => {
  env[variable] = JSON.stringify(sent);
};

export const withdrawSession = (env: NodeJS.ProcessEnv): void => {
  delete env[variable];
};

/** Taken out of the environment before tests see it; null when none was sent. What tests start in turn is left to this audit. */
export const receiveSession = (env: NodeJS.ProcessEnv): SentSession | null => {
  const text = env[variable];
  if (text === undefined) return null;
  withdrawSession(env);
  env.NETAUDIT_AUDITED = '1';
  return JSON.parse(text) as SentSession;
};

const variable = 'NETAUDIT_JEST';
