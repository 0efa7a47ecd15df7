// `--require` loads this file in each process of a test run, before everything else.
import { startRecorder } from '@netaudit/core/worker';
import { Boundaries } from './boundaries.js';
import { processRole, rerunRefused } from './compat.js';
import { type HandedSession, handOn, takeHanded } from './hand-on.js';
import { hookTests } from './hooks.js';
import { scopesOf } from './scope.js';

/** Joins the audit, or starts this command again under audit. Its code is large, and a process that a runner started has no need of it. */
const takePart = (): HandedSession | null => {
  const { optionsFromPackage, takePartBlocking } = require('@netaudit/core/begin') as typeof import('@netaudit/core/begin');
  const session = takePartBlocking(() => optionsFromPackage(process.cwd()), { env: process.env, rerunRefused });
  return session && { ...session, root: process.cwd() };
};

const audit = (session: HandedSession, alone: boolean): void => {
  const { root, mode } = session;
  const main = alone && process.execArgv.includes('--test') ? undefined : process.argv[1];
  const recorder = startRecorder(session);
  const boundaries = new Boundaries({ recorder, scopes: scopesOf(root, main), fails: mode === 'fail', main: main ?? null });
  hookTests(boundaries, recorder);
  if (alone) handOn(session, () => boundaries.open === 0);
};

const role = processRole(process);
const session = role === 'other' ? null : (takeHanded(process.env) ?? takePart());
if (session && role === 'runner') handOn(session, () => true);
else if (session) audit(session, role === 'alone');
