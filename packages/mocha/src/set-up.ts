// What only a process under audit needs.
import type { JoinedSession } from '@netaudit/core/begin';
import { startRecorder } from '@netaudit/core/worker';
import { isMochaWorker, loadMocha } from './compat.js';
import { hookMocha } from './hooks.js';
import { rootHooks } from './root-hooks.js';
import { scopesOf } from './scope.js';
import { workerVariable } from './worker-variable.js';

/** Marks the boundaries of tests in this process; returns root hooks, none where Mocha's own methods tell the boundaries. */
export const setUp = (session: JoinedSession, program: string | undefined): object => {
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
