import { relative } from 'node:path';
import type { Scope } from '@netaudit/core/worker';
import type { TestObject } from './compat.js';

/** Node's tests, suites and files as scopes; files are relative to `root`. `main` is the file that the process was started with. */
export const scopesOf = (root: string, main: string | undefined) => {
  const ids = new WeakMap<TestObject, string>();
  let count = 0;
  const idOf = (test: TestObject): string => {
    const known = ids.get(test);
    if (known !== undefined) return known;
    count += 1;
    ids.set(test, `${processId}.${count}`);
    return `${processId}.${count}`;
  };
  const path = (file: string | null): string | null => (file === null ? null : relative(root, file).replaceAll('\\', '/'));
  const fileOf = (test: TestObject): string | null => test.entryFile ?? main ?? test.loc?.file ?? null;
  return {
    fileOf,
    file: (file: string | null): Scope => ({ id: `${processId}:file:${path(file)}`, kind: 'file', file: path(file), names: [] }),
    import: (file: string | null): Scope => ({ id: `${processId}:import:${path(file)}`, kind: 'import', file: path(file), names: [] }),
    of: (test: TestObject, kind: 'suite' | 'test'): Scope => ({ id: idOf(test), kind, file: path(fileOf(test)), names: titles(test) }),
  };
};

/** Names from the outermost suite or test down; the root, which has no parent, has none. */
const titles = (test: TestObject): string[] => (test.parent === null ? [] : [...titles(test.parent), test.name]);

/** Tells the processes of a run apart, also when a pid is used again. */
const processId = `${process.pid}-${Math.round(performance.timeOrigin).toString(36)}`;
