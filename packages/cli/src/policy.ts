import { existsSync, readFileSync } from 'node:fs';
import { AllowList, insertEntries, SCHEMA_LINE, writeBaselineFile } from '@netaudit/core';

/**
 * Adds entries to the policy file, which is made where there is none; returns how many were not there already. Throws where the file is no policy,
 * or would be none: then it stays as it is.
 */
export const addToPolicy = (file: string, entries: readonly (readonly string[])[]): number => {
  const isNew = !existsSync(file);
  if (!isNew) AllowList.fromFile(file);
  const text = isNew ? `${SCHEMA_LINE}\nversion: 1\n` : readFileSync(file, 'utf8');
  const written = text
    .split(/\r?\n/)
    .map((line) => line.trim())
    .join('\n');
  const fresh = entries.filter((lines) => !written.includes(rule(lines)));
  if (fresh.length === 0) return 0;
  const changed = insertEntries(text, fresh, file);
  AllowList.fromYaml(changed, file);
  writeBaselineFile(file, changed);
  return fresh.length;
};

/** An entry without its comments and indentation. */
const rule = (lines: readonly string[]): string =>
  lines
    .filter((line) => !line.startsWith('#'))
    .map((line) => line.trim())
    .join('\n');
