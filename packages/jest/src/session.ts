import type { SentSession } from '@netaudit/core/worker';

/** Child processes and threads get the environment as it is when they start; a run in band reads it in this process. */
export const sendSession = (env: NodeJS.ProcessEnv, { folder, root }: SentSession): void => {
  env[variable] = JSON.stringify({ folder, root });
};

export const withdrawSession = (env: NodeJS.ProcessEnv): void => {
  delete env[variable];
};

/** What tells of the session. */
export const variable = 'NETAUDIT_JEST';
