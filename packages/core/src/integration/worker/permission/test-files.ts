import fs from 'node:fs';
import path from 'node:path';
import type { StatedPermission } from '../../../model/permission.js';
import type { Scope } from '../../../model/scope.js';
import { type FilePermissions, permissionsIn } from './stated.js';

/** The test files of a thread, each read once: when its first scope begins, and again when it is imported again. */
export class TestFiles {
  readonly #root: string;
  readonly #files = new Map<string, FilePermissions>();

  /** `root`: to which the files of scopes are relative. */
  constructor(root: string) {
    this.#root = root;
  }

  /** What comments in the scope's file permit it. */
  permissionsOf(scope: Scope): readonly StatedPermission[] {
    if (scope.file === null) return [];
    const known = scope.kind === 'import' ? undefined : this.#files.get(scope.file);
    const permissions = known ?? permissionsIn(textOf(resolve(this.#root, scope.file)), scope.file);
    if (!known) this.#files.set(scope.file, permissions);
    return permissions(scope);
  }
}

/** Empty for a file that can not be read, such as one that a plugin makes up: it permits nothing. */
const textOf = (file: string): string => {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return '';
  }
};

/** Taken before user code can replace them. */
const { readFileSync } = fs;
const { resolve } = path;
