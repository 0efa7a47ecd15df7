import { AsyncResource } from 'node:async_hooks';
import type { Recorder, Scope } from '@netaudit/core/worker';
import type { Boundaries } from './boundaries.js';
import { kindOf, type TestObject } from './compat.js';
import { canGiveContext, giveContext } from './context.js';

/**
 * Marks the boundaries of suites, hooks and tests by way of the one public method that Node runs their functions with. We act when it is looked
 * up: a wrapper would be in the stack of each error that a test throws.
 */
export const hookTests = (boundaries: Boundaries, recorder: Recorder): void => {
  let method = AsyncResource.prototype.runInAsyncScope;
  const traceless = canGiveContext();
  Object.defineProperty(AsyncResource.prototype, 'runInAsyncScope', {
    configurable: true,
    get(this: AsyncResource) {
      const kind = kindOf(this);
      const scope = kind && boundaries.scopeOf(this as unknown as TestObject, kind);
      if (!scope) return method;
      // What the function returns is awaited outside of its context: a thenable (a query that runs when it is awaited, say) begins only there.
      recorder.resume(scope);
      if (!traceless) return within(method, scope, recorder);
      giveContext(this, (body) => recorder.within(scope, body));
      return method;
    },
    set(this: object, given: Method) {
      if (this === AsyncResource.prototype) method = given;
      else Object.defineProperty(this, 'runInAsyncScope', { value: given, configurable: true, writable: true, enumerable: true });
    },
  });
};

type Method = typeof AsyncResource.prototype.runInAsyncScope;
type Call = (...given: readonly unknown[]) => unknown;

/** The context is set inside: outside, Node puts the one back that the test was made in. */
const within = (method: Method, scope: Scope, recorder: Recorder) =>
  function (this: AsyncResource, fn: Call, thisArg: unknown, ...args: unknown[]): unknown {
    const inside = function (this: unknown, ...given: unknown[]): unknown {
      return recorder.within(scope, () => Reflect.apply(fn, this, given));
    };
    return method.call(this, inside, thisArg, ...args);
  };
