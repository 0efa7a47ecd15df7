import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { yaml } from '../libraries/load.js';
import { readManifest } from './detect.js';

/** The folders of the packages of a workspace, relative to its root, which comes first as ''; of a single package that alone. */
export const packageFolders = (root: string): readonly string[] => {
  const patterns = [...npmPatterns(root), ...pnpmPatterns(root)].filter((pattern) => !pattern.startsWith('!'));
  return [...new Set(['', ...patterns.flatMap((pattern) => expand(root, pattern))])];
};

const npmPatterns = (root: string): readonly string[] => {
  const { workspaces } = readManifest(root) ?? {};
  return texts(Array.isArray(workspaces) ? workspaces : (workspaces as { packages?: unknown } | undefined)?.packages);
};

const pnpmPatterns = (root: string): readonly string[] => {
  const file = join(root, 'pnpm-workspace.yaml');
  if (!existsSync(file)) return [];
  const list = yaml().parseDocument(readFileSync(file, 'utf8'), { prettyErrors: false }).get('packages');
  return texts((list as { toJSON?: () => unknown } | undefined)?.toJSON?.());
};

const texts = (value: unknown): readonly string[] =>
  Array.isArray(value) ? value.filter((item): item is string => typeof item === 'string') : [];

/** `packages/*` and plain folders; a package has a manifest. */
const expand = (root: string, pattern: string): readonly string[] => {
  const [, parent, last = ''] = /^(?:\.\/)?(?:(.*)\/)?([^/]+)\/?$/.exec(pattern) ?? [];
  if (parent?.includes('*')) return [];
  const folders = /^\*\*?$/.test(last) ? names(join(root, parent ?? '')) : [last];
  return folders.map((name) => join(parent ?? '', name)).filter((folder) => existsSync(join(root, folder, 'package.json')));
};

const names = (folder: string): readonly string[] => {
  try {
    return readdirSync(folder, { withFileTypes: true })
      .filter((entry) => entry.isDirectory() && entry.name !== 'node_modules')
      .map(({ name }) => name)
      .toSorted();
  } catch {
    return [];
  }
};
