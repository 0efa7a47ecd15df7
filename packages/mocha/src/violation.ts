import { NetworkViolationError, type Recorder, type Scope } from '@netaudit/core/worker';

/** What was charged to `scope` since it was last asked and is not allowed, as an error to fail with; null where there is nothing, or `fails` is false. */
export const violationOf = (scope: Scope, recorder: Recorder, fails: boolean): NetworkViolationError | null => {
  const violations = recorder.check(scope);
  if (!fails || !violations || violations.length === 0) return null;
  const error = new NetworkViolationError(violations, { codeFrame: true });
  // Mocha takes the lines that name a file of its own out of a stack; here such a line may say which process it was.
  return Object.defineProperty(error, 'stack', { value: error.stack, writable: false });
};

/** The test's own error comes first, in the same failure. */
export const addTo = (error: Error, violation: NetworkViolationError): void => {
  try {
    error.stack = `${error.stack ?? error.message}\n${violation.stack}`;
  } catch {
    // An error that can not be changed; the violation is in the report at the end all the same.
  }
};
