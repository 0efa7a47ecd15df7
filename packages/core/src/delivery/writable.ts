import { accessSync, constants, existsSync, statSync } from 'node:fs';
import { dirname } from 'node:path';
import { NetauditError } from '../model/error.js';

/** Throws a NetauditError (REPORT_WRITE) when the file can not be written; asked before the command runs, so that no run is for nothing. */
export const checkWritable = (file: string): void => {
  try {
    const exists = existsSync(file);
    if (exists && statSync(file).isDirectory()) throw Object.assign(new Error('a folder'), { code: 'EISDIR' });
    accessSync(exists ? file : dirname(file), constants.W_OK);
  } catch (cause) {
    throw refuseFile(file, cause);
  }
};

/** What is said of a file that could not be written. */
export const refuseFile = (file: string, cause: unknown): NetauditError => {
  const { code = 'unknown error' } = cause as NodeJS.ErrnoException;
  return new NetauditError('REPORT_WRITE', { found: `cannot write '${file}': ${reasons[code] ?? code}`, cause });
};

const reasons: Readonly<Record<string, string>> = { ENOENT: 'no such folder', EACCES: 'permission denied', EISDIR: 'it is a folder' };
