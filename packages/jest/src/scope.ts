import { relative } from 'node:path';
import { threadId } from 'node:worker_threads';
import type { Scope, ScopeKind } from '@netaudit/core/worker';
import type { CircusBlock, CircusTest } from './compat.js';

/** One run of a test file as scopes; the file is relative to `root`. A test has the same one in each of its attempts. */
export const scopesOf = (path: string, root: string, project: string | undefined) => {
  const file = relative(root, path).replaceAll('\\', '/');
  const make = (kind: ScopeKind, names: readonly string[]): Scope => {
    count += 1;
    return { id: `${process.pid}.${threadId}.${count}`, kind, file, names, project };
  };
  const made = new WeakMap<object, Scope>();
  const of =
    (kind: 'suite' | 'test') =>
    (part: CircusBlock | CircusTest): Scope => {
      const scope = made.get(part) ?? make(kind, titles(part));
      made.set(part, scope);
      return scope;
    };
  return { file: make('file', []), import: make('import', []), suite: of('suite'), test: of('test') };
};

/** Names from the outermost suite down; the block at the root, which stands for the file, has none. */
const titles = (part: CircusBlock | CircusTest): string[] => (part.parent ? [...titles(part.parent), part.name] : []);

/** Jest runs many files in one thread: ids go on. */
let count = 0;
