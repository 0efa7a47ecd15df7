// `--require` loads this file in each process of a test run, before everything else.
import { processRole, rerunRefused } from './compat.js';
import { type HandedSession, handOn, takeHanded } from './hand-on.js';

/** Joins the audit, or starts this command again under audit. Its code is large, and a process that a runner started has no need of it. */
const takePart = (): HandedSession | null => {
  const { optionsFromPackage, takePartBlocking } = require('@netaudit/core/begin') as typeof import('@netaudit/core/begin');
  const session = takePartBlocking(() => optionsFromPackage(process.cwd()), { env: process.env, rerunRefused });
  return session && { ...session, root: process.cwd() };
};

const role = processRole(process);
const session = role === 'other' ? null : (takeHanded(process.env) ?? takePart());
if (session && role === 'runner') handOn(session, () => true);
else if (session) {
  const { audit } = require('./audit.js') as typeof import('./audit.js');
  audit(session, role === 'alone');
}
