// What only a process that runs tests under audit needs.
import { startRecorder } from '@netaudit/core/worker';
import { Boundaries } from './boundaries.js';
import { type HandedSession, handOn } from './hand-on.js';
import { hookTests } from './hooks.js';
import { scopesOf } from './scope.js';

/** Marks the boundaries of the tests in this process. `alone`: no runner gave it its file. */
export const audit = (session: HandedSession, alone: boolean): void => {
  const { root, mode } = session;
  const main = alone && process.execArgv.includes('--test') ? undefined : process.argv[1];
  const recorder = startRecorder(session);
  const boundaries = new Boundaries({ recorder, scopes: scopesOf(root, main), fails: mode === 'fail', main: main ?? null });
  hookTests(boundaries, recorder);
  if (alone) handOn(session, () => boundaries.open === 0);
};
