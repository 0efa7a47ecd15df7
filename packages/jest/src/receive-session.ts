import { readSession } from '@netaudit/core/worker';
import { type Sent, variable, withdrawSession } from './session.js';

/** Taken out of the environment before tests see it; null when none was sent. What tests start in turn is left to this audit. */
export const receiveSession = (env: NodeJS.ProcessEnv): { session: ReturnType<typeof readSession>; testRunner: string | undefined } => {
  const text = env[variable];
  if (text === undefined) return { session: null, testRunner: undefined };
  withdrawSession(env);
  env.NETAUDIT_AUDITED = '1';
  const sent = JSON.parse(text) as Sent;
  return { session: readSession(sent), testRunner: sent.testRunner };
};
