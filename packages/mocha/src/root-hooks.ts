import type { Test } from './compat.js';
import { errorOf } from './errors.js';
import type { HookFacts } from './hooks.js';

/**
 * For a Mocha whose own methods are not known: root hooks, which it documents. Tests begin before the user's hooks; root hooks of the user's
 * come after their end, and what is outside of tests belongs to the run.
 */
export const rootHooks = ({ recorder, scopes, fails }: HookFacts) => {
  recorder.notice('the inside of this Mocha is not known: connections outside of tests are charged to the run');
  return {
    beforeEach(this: HookContext): void {
      recorder.enter(scopes.test(this.currentTest));
    },
    afterEach(this: HookContext): void {
      const scope = scopes.test(this.currentTest);
      const violation = errorOf(recorder.end(scope), fails);
      recorder.resume();
      if (violation && this.currentTest.state === 'passed') this.currentTest.emit('error', violation);
    },
    afterAll: (): void => recorder.flush(),
  };
};

type HookContext = { readonly currentTest: Test & { readonly state?: string } };
