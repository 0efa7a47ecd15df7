import { createHash } from 'node:crypto';
import { existsSync, statSync, writeFileSync } from 'node:fs';
import { basename } from 'node:path';
import { sidecarOf, sidecarText } from '../model/sidecar.js';
import { checkWritable, refuseFile } from './writable.js';

/**
 * Writes the report, and beside a regular file its SHA-256 (model/sidecar.ts), for `sha256sum -c` in its folder and `netaudit verify`. Throws a NetauditError
 * (REPORT_WRITE).
 */
export const writeReport = (file: string, text: string): void => {
  const bytes = Buffer.from(text);
  write(file, bytes);
  if (!isRegular(file)) return;
  write(sidecarOf(file), sidecarText(createHash('sha256').update(bytes).digest('hex'), basename(file)));
};

/** Throws as checkWritable where the report or its hash can not be written. */
export const checkReportFile = (file: string): void => {
  checkWritable(file);
  if (!existsSync(file) || isRegular(file)) checkWritable(sidecarOf(file));
};

const write = (file: string, content: string | Buffer): void => {
  try {
    writeFileSync(file, content);
  } catch (cause) {
    throw refuseFile(file, cause);
  }
};

/** Not a terminal, a pipe or /dev/null. */
const isRegular = (file: string): boolean => {
  try {
    return statSync(file).isFile();
  } catch {
    return false;
  }
};
