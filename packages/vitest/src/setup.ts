// Vitest loads this file in each test worker, before the user's own setup files and tests.
import { startRecorder } from '@netaudit/core/worker';
import { expect, inject } from 'vitest';
import { currentFile, runnerPrototype } from './compat.js';
import { hookFile } from './documented-hooks.js';
import { hookRunner, newProgress } from './hooks.js';
import { scopesOf } from './scope.js';

const session = inject('netaudit');
if (session) {
  const recorder = startRecorder(session);
  const scopes = scopesOf(session.root, session.project);
  const facts = { recorder, scopes, fails: session.mode === 'fail' };
  const prototype = await runnerPrototype();
  const progress = prototype ? hookRunner(prototype, facts) : newProgress();
  const file = currentFile(expect.getState().testPath);
  if (file !== null && !progress.importing) {
    // Its import is under way: Vitest has told of it already.
    progress.importing = scopes.import(file);
    recorder.open(progress.importing);
  }
  hookFile(file, facts, progress);
}
