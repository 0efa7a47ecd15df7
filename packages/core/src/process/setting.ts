import { readFileSync } from 'node:fs';

/** What a file of /proc or /sys says, without white space at its ends; null when it can not be read. */
export type ReadSetting = (path: string) => string | null;

export const readSetting: ReadSetting = (path) => {
  try {
    return readFileSync(path, 'latin1').trim();
  } catch {
    return null;
  }
};
