import { relative } from 'node:path';
import type { Scope } from '@netaudit/core/worker';
import type { Task } from './compat.js';

/** Tasks and files of one project as scopes; files are relative to `root`. */
export const scopesOf = (root: string, project: string) => {
  const relativePath = (path: string): string => relative(root, path).replaceAll('\\', '/');
  const scopeOf = (id: string, kind: Scope['kind'], path: string, names: readonly string[]): Scope => ({
    id: `${project}:${id}`,
    kind,
    file: relativePath(path),
    names,
    ...(project !== '' && { project }),
  });
  return {
    import: (path: string): Scope => scopeOf(`import:${relativePath(path)}`, 'import', path, []),
    file: (path: string): Scope => scopeOf(`file:${relativePath(path)}`, 'file', path, []),
    suite: (suite: Task): Scope => scopeOf(suite.id, suite.filepath === undefined ? 'suite' : 'file', suite.file.filepath, titles(suite)),
    test: (test: Task): Scope => scopeOf(test.id, 'test', test.file.filepath, titles(test)),
  };
};

/** Names from the outermost suite down; the file itself, which Vitest counts as a suite, has none. */
const titles = (task: Task): string[] => (task.filepath !== undefined ? [] : [...(task.suite ? titles(task.suite) : []), task.name]);
