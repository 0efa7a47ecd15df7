// Mocha loads this file before the tests, in its main process and in each of its parallel workers.
import { type JoinedSession, optionsFromPackage, takePart } from '@netaudit/core/begin';
import { startRecorder } from '@netaudit/core/worker';
import { isMochaProgram, isMochaWorker, loadMocha } from './compat.js';
import { hookMocha } from './hooks.js';
import { rootHooks } from './root-hooks.js';
import { scopesOf } from './scope.js';

/** The workers of parallel mode, and nothing else that Mocha's main process or its tests start, take part by this variable. */
const workerVariable = 'NETAUDIT_MOCHA_SESSION';

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

const setUp = (session: JoinedSession, program: string | undefined): object => {
  const facts = { recorder: startRecorder(session), scopes: scopesOf(process.cwd()), fails: session.mode === 'fail' };
  const mocha = loadMocha(program);
  if (!mocha) return rootHooks(facts);
  hookMocha(mocha, facts);
  if (!isMochaWorker(program)) letWorkersJoin(mocha.prototype, session.folder);
  return {};
};

const letWorkersJoin = (prototype: { parallelMode(enable?: boolean): unknown }, folder: string): void => {
  const { parallelMode } = prototype;
  prototype.parallelMode = function (enable = true) {
    if (enable) process.env[workerVariable] = folder;
    return parallelMode.call(this, enable);
  };
};

const [, program] = process.argv;
const session = await join(process.env, program);

/** Root hooks: none where Mocha's own methods tell the boundaries. */
export const mochaHooks: object = session ? setUp(session, program) : {};
