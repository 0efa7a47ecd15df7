import { existsSync, readFileSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';

/**
 * The policies that hold in a folder, the nearest first: each netaudit.yaml from there up to the root of the workspace, or else of the repository; where there is
 * neither, that of the folder alone. Paths are relative to `cwd`.
 */
export const discoverPolicies = (cwd: string): readonly string[] => {
  const folders = foldersUp(resolve(cwd));
  const root = folders.findIndex(isWorkspaceRoot);
  const last = root === -1 ? folders.findIndex((folder) => existsSync(join(folder, '.git'))) : root;
  return folders
    .slice(0, Math.max(0, last) + 1)
    .map((folder) => join(folder, policyFile))
    .filter((file) => existsSync(file))
    .map((file) => relative(resolve(cwd), file));
};

/** The name of a policy's file. */
const policyFile = 'netaudit.yaml';

const foldersUp = (folder: string): readonly string[] => {
  const folders = [folder];
  for (let up = dirname(folder); up !== folders.at(-1); up = dirname(up)) folders.push(up);
  return folders;
};

/** pnpm; npm, Yarn and Bun; Lerna. */
const isWorkspaceRoot = (folder: string): boolean =>
  existsSync(join(folder, 'pnpm-workspace.yaml')) ||
  existsSync(join(folder, 'lerna.json')) ||
  namesWorkspaces(join(folder, 'package.json'));

const namesWorkspaces = (file: string): boolean => {
  try {
    const content: unknown = JSON.parse(readFileSync(file, 'utf8'));
    return typeof content === 'object' && content !== null && 'workspaces' in content;
  } catch {
    return false;
  }
};
