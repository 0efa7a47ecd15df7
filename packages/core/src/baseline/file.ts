import { readFileSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { NetauditError } from '../model/error.js';

/** The text of a baseline file, at most 16 MiB; throws BASELINE_READ. */
export const readBaselineFile = (path: string): string => {
  try {
    if (statSync(path).size > LIMIT) throw Object.assign(new Error('it is larger than 16 MiB'), { code: 'TOO_LARGE' });
    return new TextDecoder('utf-8', { fatal: true }).decode(readFileSync(path));
  } catch (cause) {
    throw new NetauditError('BASELINE_READ', {
      found: `cannot read the baseline: ${reasonOf(cause)}`,
      ...(isMissing(cause) && { fix: `write it from a report: netaudit baseline --baseline ${path} REPORT` }),
      at: { file: path, line: 1, column: 1 },
      cause,
    });
  }
};

/** Replaces the file as a whole; throws REPORT_WRITE. */
export const writeBaselineFile = (path: string, text: string): void => {
  const temporary = `${path}.${process.pid}.tmp`;
  try {
    writeFileSync(temporary, text);
    renameSync(temporary, path);
  } catch (cause) {
    rmSync(temporary, { force: true });
    throw new NetauditError('REPORT_WRITE', { found: `cannot write '${path}': ${reasonOf(cause)}`, cause });
  }
};

const isMissing = (cause: unknown): boolean => (cause as NodeJS.ErrnoException).code === 'ENOENT';

const reasonOf = (cause: unknown): string => {
  const { code, message } = cause as NodeJS.ErrnoException;
  return (code && reasons[code]) || message;
};

const reasons: Readonly<Record<string, string>> = {
  ENOENT: 'no such file',
  EACCES: 'permission denied',
  EISDIR: 'it is a folder',
  ERR_ENCODING_INVALID_ENCODED_DATA: 'it is not UTF-8',
};

const LIMIT = 16 * 1024 * 1024;
