import type { Scope } from '@netaudit/core/worker';
import { afterAll, beforeAll, beforeEach } from 'vitest';
import { isTest, type Task } from './compat.js';
import { errorOf, type HookFacts, type Progress, stated } from './hooks.js';

/**
 * Marks what the runner has not told of, by Vitest's documented hooks: where its own methods have another shape, or a custom runner does
 * not call them. They tell nothing of code that runs at the same time, so concurrent tests stay candidates. Says so once.
 */
export const hookFile = (path: string | null, facts: HookFacts, progress: Progress): void => {
  const { recorder, scopes } = facts;
  const file: Scope | null = path === null ? null : scopes.file(path);
  const ended: Scope[] = [];
  beforeAll(() => {
    if (progress.inFile) return;
    recorder.notice(notice);
    if (progress.importing) {
      recorder.close(progress.importing);
      ended.push(progress.importing);
      progress.importing = null;
    }
    if (!file) return;
    recorder.open(file);
    ended.push(file);
  });
  afterAll(() => {
    if (ended.length === 0) return;
    const errors = ended.map((scope) => errorOf(scope === file ? recorder.end(scope) : recorder.check(scope), facts));
    recorder.flush();
    const error = errors.find((each) => each !== null);
    if (error) throw error;
  });
  // Vitest reads the parameters of this function from its source.
  beforeEach(({ task }) => {
    const test: unknown = task;
    if (progress.tests.has(task)) return;
    recorder.notice(notice);
    if (isTest(test)) markTest(test, facts);
  });
};

const markTest = (test: Task, facts: HookFacts): void => {
  const scope = facts.scopes.test(test);
  facts.recorder.open(scope, stated(test, scope, facts));
  test.context.onTestFinished(() => {
    const error = errorOf(facts.recorder.end(scope), facts);
    if (error) throw error;
  });
};

const notice =
  "the runner of these tests does not call Vitest's own methods as it should (a custom runner, or a Vitest that is not supported): " +
  'tests that run at the same time are not told apart';
