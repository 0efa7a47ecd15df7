import { existsSync } from 'node:fs';
import { AllowList } from '@netaudit/core';

/** The allowlist of the given file, else of `netaudit.yaml` in this folder, else the built-in rules alone. */
export const loadAllowList = (file: string | undefined): AllowList => {
  if (file !== undefined) return AllowList.fromFile(file);
  return existsSync(DEFAULT_FILE) ? AllowList.fromFile(DEFAULT_FILE) : new AllowList([]);
};

const DEFAULT_FILE = 'netaudit.yaml';
