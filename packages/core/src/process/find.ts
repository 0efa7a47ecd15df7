import { accessSync, constants, statSync } from 'node:fs';
import { delimiter, join } from 'node:path';

/** The absolute path of the program that `name` stands for in `path` (execvp(3)), or null. A name with a slash is taken as it is. */
export const findProgram = (name: string, path: string | undefined): string | null => {
  const candidates = name.includes('/') ? [name] : (path ?? '').split(delimiter).map((folder) => join(folder === '' ? '.' : folder, name));
  return candidates.find(isProgram) ?? null;
};

const isProgram = (file: string): boolean => {
  try {
    accessSync(file, constants.X_OK);
    return statSync(file).isFile();
  } catch {
    return false;
  }
};
