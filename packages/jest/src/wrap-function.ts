import type { CircusFunction } from './compat.js';

/** `fn` with each call made by way of `around`. A generator, which jest-circus runs step by step, is left alone. */
export const wrapFunction = (fn: CircusFunction, around: (call: () => unknown) => unknown): CircusFunction => {
  if (Object.prototype.toString.call(fn) === '[object GeneratorFunction]') return fn;
  const wrapped: CircusFunction = function (...args) {
    return around(() => fn.apply(this, args));
  };
  // A function with a parameter is given the callback `done`.
  Object.defineProperties(wrapped, { length: { value: fn.length }, name: { value: fn.name } });
  return wrapped;
};
