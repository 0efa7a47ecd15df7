import { relative, resolve } from 'node:path';
import type { Scope } from '@netaudit/core/worker';
import type { Suite, Test } from './compat.js';

/** Mocha's files, suites and tests as scopes; files are relative to `root`. */
export const scopesOf = (root: string) => {
  const within = (path: string): string => relative(root, resolve(root, path)).replaceAll('\\', '/');
  const file = (path: string | undefined): string | null => (path === undefined ? null : within(path));
  const named = (kind: 'suite' | 'test', of: Suite | Test): Scope => ({
    id: JSON.stringify([kind, file(of.file), ...of.titlePath()]),
    kind,
    file: file(of.file),
    names: of.titlePath(),
  });
  return {
    import: (path: string): Scope => ({ id: `import:${within(path)}`, kind: 'import', file: within(path), names: [] }),
    /** The hooks of a file that stand in no suite. */
    file: (path: string): Scope => ({ id: `file:${within(path)}`, kind: 'file', file: within(path), names: [] }),
    /** The hooks of no file: root hooks of a plugin. */
    run: { id: 'root hooks', kind: 'run', file: null, names: [] } satisfies Scope,
    suite: (suite: Suite): Scope => named('suite', suite),
    test: (test: Test): Scope => named('test', test),
  };
};
