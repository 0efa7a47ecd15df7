import { readSession, type SentSession } from '@netaudit/core/worker';

/** Child processes and threads get the environment as it is when they start; a run in band reads it in this process. */
export const sendSession = (env: NodeJS.ProcessEnv, { folder, root }: SentSession): void => {
  env[variable] = JSON.stringify({ folder, root });
};

export const withdrawSession = (env: NodeJS.ProcessEnv): void => {
  delete env[variable];
};

/** Taken out of the environment before tests see it; null when none was sent. What tests start in turn is left to this audit. */
export const receiveSession = (env: NodeJS.ProcessEnv): ReturnType<typeof readSession> => {
  const text = env[variable];
  if (text === undefined) return null;
  withdrawSession(env);
  env.NETAUDIT_AUDITED = '1';
  return readSession(JSON.parse(text) as SentSession);
};

const variable = 'NETAUDIT_JEST';
