// Vitest loads this file in each test worker, before the user's own setup files and tests.
import { startRecorder } from '@netaudit/core/worker';
import { inject } from 'vitest';
import { currentFile, runnerPrototype } from './compat.js';
import { hookRunner } from './hooks.js';
import { scopesOf } from './scope.js';

const session = inject('netaudit');
const prototype = session ? await runnerPrototype() : null;
if (session && prototype) {
  const recorder = startRecorder(session);
  const scopes = scopesOf(session.root);
  const file = currentFile();
  hookRunner(prototype, { recorder, scopes, fails: session.mode === 'fail', importing: file === null ? null : scopes.import(file) });
}
