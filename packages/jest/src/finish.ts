import type { WrappedRun } from '@netaudit/core/integration';
import { isJestCommand } from './compat.js';

/** Waits for the end of the audited workers and prints the report; what makes the run fail, else undefined. */
export const finishWrapped = async (wrapped: WrappedRun): Promise<Error | undefined> => {
  const { exitCode, text } = await wrapped.finish();
  process.stderr.write(text);
  if (exitCode === 0) return undefined;
  if (isJestCommand()) endWith(exitCode);
  return new Error(`netaudit: the run of the workers ends with ${exitCode}`);
};

/** Jest sets its own code for failed tests at the end of the process. One that says that the audit is incomplete outranks it. */
const endWith = (code: number): void => {
  process.once('beforeExit', () => {
    process.once('exit', () => {
      if (code > 1 || !process.exitCode) process.exitCode = code;
    });
  });
};
