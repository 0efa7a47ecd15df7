import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { NetauditError } from '../model/error.js';
import { startReaper } from './reaper.js';

/** A private folder (mode 0700, mkdtemp(3)) that goes with this process, whatever ends it. */
export type PrivateFolder = { readonly path: string; remove(): void };

/** Throws a NetauditError (TEMPORARY_FOLDER) where none can be made, or nothing fits into it. */
export const makePrivateFolder = (): PrivateFolder => {
  const path = makeFolder();
  const reaper = startReaper(path);
  return {
    path,
    remove: () => {
      rmSync(path, { recursive: true, force: true });
      reaper.release();
    },
  };
};

const makeFolder = (): string => {
  let path: string | null = null;
  try {
    path = mkdtempSync(join(tmpdir(), 'netaudit-'));
    const trial = join(path, 'trial');
    writeFileSync(trial, Buffer.alloc(needed));
    rmSync(trial);
    return path;
  } catch (cause) {
    if (path !== null) rmSync(path, { recursive: true, force: true });
    const { code = 'unknown error' } = cause as NodeJS.ErrnoException;
    throw new NetauditError('TEMPORARY_FOLDER', {
      found: `no files can be made in ${tmpdir()}: ${reasons[code] ?? code}`,
      fix: 'make room there, or set TMPDIR to a folder that can be written to',
      cause,
    });
  }
};

/** Bytes: answers to tests are short, and removed with the folder. */
const needed = 65_536;
const reasons: Readonly<Record<string, string>> = {
  ENOENT: 'there is no such folder',
  ENOSPC: 'the disk is full',
  EDQUOT: 'the quota is used up',
  EACCES: 'permission denied',
  EROFS: 'it can only be read',
};
