import { existsSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join, resolve } from 'node:path';
import { type Framework, frameworks } from './frameworks.js';

/** A framework as a folder uses it. */
export type FoundFramework = {
  readonly framework: Framework;
  /** Of the installed package; null where it is not installed, and for node:test. */
  readonly version: string | null;
  readonly adapterInstalled: boolean;
  /** The file of its configuration, relative to the folder; null where there is none of its own. */
  readonly config: string | null;
  /** Whether its configuration, or a script of package.json, names the adapter. */
  readonly wired: boolean;
};

/** The manifest of a folder; null where there is none, or none that can be read. */
export type Manifest = {
  readonly type?: string;
  readonly scripts?: Readonly<Record<string, string>>;
  readonly workspaces?: unknown;
  readonly [key: string]: unknown;
};

export const readManifest = (folder: string): Manifest | null => {
  try {
    const value: unknown = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));
    return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Manifest) : null;
  } catch {
    return null;
  }
};

/** The frameworks that the folder's package depends on, configures or calls in a script. */
export const detectFrameworks = (folder: string): readonly FoundFramework[] => {
  const manifest = readManifest(folder);
  return frameworks.flatMap((framework) => {
    const config =
      framework.configs.find((name) => existsSync(join(folder, name)) && (!name.startsWith('vite.') || depends(manifest, 'vitest'))) ??
      null;
    return uses(manifest, framework, config) ? [found(folder, manifest, framework, config)] : [];
  });
};

const found = (folder: string, manifest: Manifest | null, framework: Framework, config: string | null): FoundFramework => {
  const { dependencies: _, devDependencies: __, ...settings } = manifest ?? {};
  const texts = [JSON.stringify(settings), ...(config === null ? [] : [readFileSync(join(folder, config), 'utf8')])];
  return {
    framework,
    version: framework.name === 'node:test' ? null : versionOf(folder, framework.name),
    adapterInstalled: versionOf(folder, framework.adapter) !== null,
    config: config ?? (framework.name !== 'node:test' && manifest?.[framework.name] !== undefined ? 'package.json' : null),
    wired: texts.some((text) => text.includes(framework.adapter)),
  };
};

const uses = (manifest: Manifest | null, { name }: Framework, config: string | null): boolean => {
  if (name === 'node:test') return Object.values(manifest?.scripts ?? {}).some((script) => /\bnode\b.*\s--test(?:\s|=|$)/.test(script));
  return config !== null || depends(manifest, name) || (name !== 'vitest' && manifest?.[name] !== undefined);
};

const depends = (manifest: Manifest | null, name: string): boolean =>
  ['dependencies', 'devDependencies'].some((key) => Object.hasOwn((manifest?.[key] as object | undefined) ?? {}, name));

/** By the manifest, as Node would find the package from the folder. */
const versionOf = (folder: string, name: string): string | null => {
  try {
    const manifest = createRequire(resolve(folder, 'package.json'))(`${name}/package.json`) as { version?: unknown };
    return typeof manifest.version === 'string' ? manifest.version : null;
  } catch {
    return null;
  }
};
