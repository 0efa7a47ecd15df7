import { readSession, type SentSession } from '@netaudit/core/worker';
import { variable, withdrawSession } from './session.js';

/** Taken out of the environment before tests see it; null when none was sent. What tests start in turn is left to this audit. */
export const receiveSession = (env: NodeJS.ProcessEnv): ReturnType<typeof readSession> => {
  const text = env[variable];
  if (text === undefined) return null;
  withdrawSession(env);
  env.NETAUDIT_AUDITED = '1';
  return readSession(JSON.parse(text) as SentSession);
};
