import type { SentSession } from '@netaudit/core/worker';

/** What is sent: the session, and the runner that the project asked for, where its configuration does not hold that. */
export type Sent = SentSession & { readonly testRunner?: string };

/** Child processes and threads get the environment as it is when they start; a run in band reads it in this process. */
export const sendSession = (env: NodeJS.ProcessEnv, { folder, root }: SentSession, testRunner?: string): void => {
  env[variable] = JSON.stringify({ folder, root, testRunner });
};

export const withdrawSession = (env: NodeJS.ProcessEnv): void => {
  delete env[variable];
};

/** What tells of the session. */
export const variable = 'NETAUDIT_JEST';
