import { ChildProcess } from 'node:child_process';
import type { JoinedSession } from '@netaudit/core/integration';
import type { SentSession } from '@netaudit/core/worker';

/** The session as a runner hands it to the processes it gives test files to. `root`: the folder that files are named from. */
export type HandedSession = JoinedSession & { readonly root: string };

/**
 * Hands the session to each child that Node's own runner starts in this process, and to no other: a runner that a test starts must not join.
 * By way of the environment, which the child clears; `test` is what makes Node start it as a test file (lib/internal/test_runner/runner.js).
 */
export const handOn = (session: HandedSession, allowed: () => boolean): void => {
  const prototype = ChildProcess.prototype as unknown as { spawn(options: { readonly envPairs?: string[] }): unknown };
  const { spawn } = prototype;
  const sent: SentSession = { folder: session.folder, root: session.root };
  prototype.spawn = function (options) {
    if (allowed() && options.envPairs?.includes('NODE_TEST_CONTEXT=child-v8')) options.envPairs.push(`${name}=${JSON.stringify(sent)}`);
    return spawn.call(this, options);
  };
};

/** The session that was handed to this process, taken out of `env`; null when none was, or its folder is gone. */
export const takeHanded = (env: NodeJS.ProcessEnv): HandedSession | null => {
  const text = env[name];
  if (text === undefined) return null;
  delete env[name];
  const { readSession } = require('@netaudit/core/worker') as typeof import('@netaudit/core/worker');
  return readSession(JSON.parse(text) as SentSession);
};

const name = 'NETAUDIT_TEST_FILE';
