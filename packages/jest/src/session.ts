import type { WorkerSession } from '@netaudit/core/worker';

/** What Jest's workers are told of the run. */
export type SentSession = { readonly session: WorkerSession; readonly root: string };

/** Child processes and threads get the environment as it is when they start; a run in band reads it in this process. */
export const sendSession = (env: NodeJS.ProcessEnv, sent: SentSession): void => {
  env[variable] = JSON.stringify(sent);
};

/** Taken out of the environment before tests see it. null when none was sent. */
export const receiveSession = (env: NodeJS.ProcessEnv): SentSession | null => {
  const text = env[variable];
  delete env[variable];
  return text === undefined ? null : (JSON.parse(text) as SentSession);
};

const variable = 'NETAUDIT_JEST';
