import { relative } from 'node:path';
import type { Scope } from '@netaudit/core/worker';
import type { Task } from './compat.js';

/** Vitest's tasks and files as scopes; files are relative to `root`. */
export const scopesOf = (root: string) => {
  const file = (path: string): string => relative(root, path).replaceAll('\\', '/');
  return {
    import: (path: string): Scope => ({ id: `import:${file(path)}`, kind: 'import', file: file(path), names: [] }),
    suite: (suite: Task): Scope => ({
      id: `${suite.file.projectName ?? ''}:${suite.id}`,
      kind: suite.filepath === undefined ? 'suite' : 'file',
      file: file(suite.file.filepath),
      names: titles(suite),
      project: suite.file.projectName,
    }),
    test: (test: Task): Scope => ({
      id: `${test.file.projectName ?? ''}:${test.id}`,
      kind: 'test',
      file: file(test.file.filepath),
      names: titles(test),
      project: test.file.projectName,
    }),
  };
};

/** Names from the outermost suite down; the file itself, which Vitest counts as a suite, has none. */
const titles = (task: Task): string[] => (task.filepath !== undefined ? [] : [...(task.suite ? titles(task.suite) : []), task.name]);
