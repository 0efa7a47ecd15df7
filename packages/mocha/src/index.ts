// Mocha loads this file before the tests, in its main process and in each of its parallel workers.
import { type JoinedSession, optionsFromPackage, takePart } from '@netaudit/core/begin';
import { isMochaProgram, isMochaWorker } from './compat.js';
import { workerVariable } from './worker-variable.js';

const join = async (env: NodeJS.ProcessEnv, program: string | undefined): Promise<JoinedSession | null> => {
  const inherited = env[workerVariable];
  delete env[workerVariable];
  if (isMochaWorker(program)) {
    if (inherited === undefined) return null;
    env.NETAUDIT_SESSION = inherited;
  }
  return takePart(() => optionsFromPackage(process.cwd()), { env, rerunRefused: () => rerunRefused(program) });
};

const rerunRefused = (program: string | undefined): string | null =>
  isMochaProgram(program) ? null : 'Mocha was started by another program (its Node API)';

const [, program] = process.argv;
const session = await join(process.env, program);

/** Root hooks: none where Mocha's own methods tell the boundaries. */
export const mochaHooks: object = session ? (await import('./set-up.js')).setUp(session, program) : {};
