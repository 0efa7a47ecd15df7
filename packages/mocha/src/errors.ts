import { type LocatedViolation, NetworkViolationError } from '@netaudit/core/worker';

/** What a scope did, as the recorder has it, as an error to fail with; null where there is nothing, or `fails` is false. */
export const errorOf = (violations: readonly LocatedViolation[] | null, fails: boolean): NetworkViolationError | null => {
  if (!fails || !violations || violations.length === 0) return null;
  const error = new NetworkViolationError(violations, { codeFrame: true });
  // Mocha takes the lines that name a file of its own out of a stack; here such a line may say which process it was.
  return Object.defineProperty(error, 'stack', { value: error.stack, writable: false });
};

/** The test's own error comes first, in the same failure. */
export const addTo = (error: Error, violation: NetworkViolationError): void =>
  changeStack(error, (stack) => `${stack ?? error.message}\n${violation.stack}`);

/** Takes out the frame that Node below 24 adds where there is an AsyncLocalStorage: the stack is as without us. */
export const withoutTrampoline = (error: Error): void =>
  changeStack(error, (stack) => stack?.replace(/\n *at process\.callbackTrampoline \(node:internal\/async_hooks:\d+:\d+\)/g, ''));

const changeStack = (error: Error, change: (stack: string | undefined) => string | undefined): void => {
  const { stack } = error;
  const changed = change(stack);
  if (changed === undefined || changed === stack) return;
  try {
    error.stack = changed;
  } catch {
    // An error that can not be changed. A violation is in the report at the end all the same.
  }
};
