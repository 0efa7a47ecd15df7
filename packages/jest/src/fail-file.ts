import type { FileResult } from './compat.js';

/** The result with errors that fail the file and none of its tests, as jest-circus tells of those of an afterAll. `format`: an error as Jest prints it. */
export const failFile = (result: FileResult, errors: readonly Error[], format: (error: Error) => string): FileResult => {
  if (errors.length === 0) return result;
  const [first] = errors;
  return {
    ...result,
    failureMessage: [result.failureMessage, ...errors.map(format)].filter(Boolean).join('\n\n'),
    testExecError: result.testExecError ?? { message: first?.message ?? '', stack: errors.map(({ stack }) => stack).join('\n') },
  };
};
