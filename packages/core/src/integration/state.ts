import { readFileSync } from 'node:fs';
import { outerTracer } from '../audit/outer.js';
import { type SessionFile, sessionFile } from '../model/session.js';

/** Whether this process is under audit already. The tracer is asked for, not the environment: a child with an empty one is traced too. */
export type AuditState =
  /** Nobody traces this process. */
  | { readonly kind: 'untraced' }
  /** Part of a run, and the first framework to join it. */
  | { readonly kind: 'session'; readonly session: SessionFile & { readonly folder: string } }
  /** Below a test or command of an audited run: the outer audit charges what happens here. */
  | { readonly kind: 'nested' }
  /** Traced by something else, a debugger say. */
  | { readonly kind: 'foreign-tracer' };

/** Reads the state from /proc and `env`, and takes the session out of `env`, so that a framework started by a test does not join it. */
export const takeAuditState = (env: NodeJS.ProcessEnv): AuditState => {
  const folder = env.NETAUDIT_SESSION;
  const tracer = outerTracer();
  if (!tracer) return { kind: 'untraced' };
  if (folder === undefined) return { kind: env.NETAUDIT_AUDITED === '1' || tracer.ours ? 'nested' : 'foreign-tracer' };
  delete env.NETAUDIT_SESSION;
  env.NETAUDIT_AUDITED = '1';
  return { kind: 'session', session: { ...(JSON.parse(readFileSync(sessionFile(folder), 'utf8')) as SessionFile), folder } };
};
