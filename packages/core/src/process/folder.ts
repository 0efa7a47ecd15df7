import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startReaper } from './reaper.js';

/** A private folder (mode 0700, mkdtemp(3)) that goes with this process, whatever ends it. */
export type PrivateFolder = { readonly path: string; remove(): void };

export const makePrivateFolder = (): PrivateFolder => {
  const path = mkdtempSync(join(tmpdir(), 'netaudit-'));
  const reaper = startReaper(path);
  return {
    path,
    remove: () => {
      rmSync(path, { recursive: true, force: true });
      reaper.release();
    },
  };
};
