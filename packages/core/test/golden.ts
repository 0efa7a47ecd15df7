import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect } from 'vitest';

/** The folder of one kind of fixtures. */
export const fixturesOf = (kind: string): string => fileURLToPath(new URL(`../../../fixtures/${kind}/`, import.meta.url));

/** The names of the cases of one kind. */
export const casesOf = (kind: string): string[] => readdirSync(fixturesOf(kind)).toSorted();

/** Compares with the file; with UPDATE=1 in the environment it writes the file, for its difference to be reviewed. */
export const expectGolden = (kind: string, name: string, file: string, actual: string): void => {
  const path = join(fixturesOf(kind), name, file);
  if (process.env.UPDATE === '1') writeFileSync(path, `${actual}\n`);
  expect(existsSync(path) ? readFileSync(path, 'utf8') : `no ${file}: run with UPDATE=1`).toBe(`${actual}\n`);
};
