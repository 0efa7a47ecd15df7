import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { cpSync, existsSync, mkdirSync, readFileSync, realpathSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Cell } from './framework.js';

/** The node_modules folder that a cell's projects see: its framework, and our packages as npm would install them. */
export const modulesOf = (cell: Cell): string => join(frameworks, cell.install ?? 'node-test', 'node_modules');

/** The program that runs a cell's projects. */
export const nodeOf = (cell: Cell): string =>
  cell.node === null ? process.execPath : realpathSync(join(frameworks, cell.node, 'node_modules', nodePackage, 'bin/node'));

/** Installs what the cells need, from their lockfiles, once; puts our packages, as built now, beside it. */
export const installCells = (cells: readonly Cell[]): void => {
  const names = new Set(cells.flatMap(({ install, node }) => [install ?? 'node-test', ...(node === null ? [] : [node])]));
  for (const name of names) installOne(name);
  for (const { install } of cells) placeOwnPackages(join(frameworks, install ?? 'node-test', 'node_modules'));
};

/** The mark holds the lockfile's hash, and is written last. Engines are not checked: a newer Node may run what is installed. */
const installOne = (name: string): void => {
  const folder = join(frameworks, name);
  const lockfile = join(folder, 'pnpm-lock.yaml');
  if (!existsSync(lockfile)) return;
  const mark = join(folder, 'node_modules/.netaudit-installed');
  const hash = createHash('sha256').update(readFileSync(lockfile)).digest('hex');
  if (existsSync(mark) && readFileSync(mark, 'utf8') === hash) return;
  const words = [
    'install',
    '--frozen-lockfile',
    '--ignore-workspace',
    '--ignore-scripts',
    '--prefer-offline',
    '--config.engine-strict=false',
  ];
  execFileSync(pnpm, words, { cwd: folder, stdio: ['ignore', 'ignore', 'inherit'] });
  writeFileSync(mark, hash);
};

const placeOwnPackages = (modules: string): void => {
  const scope = join(modules, '@netaudit');
  rmSync(scope, { recursive: true, force: true });
  for (const name of ownPackages.filter((each) => existsSync(join(packages, each, 'dist')))) {
    const target = join(scope, name);
    mkdirSync(target, { recursive: true });
    for (const part of ['package.json', 'dist']) cpSync(join(packages, name, part), join(target, part), { recursive: true });
    placeDependencies(name, target);
  }
};

/** Links to what the package of the workspace has. */
const placeDependencies = (name: string, target: string): void => {
  const { dependencies = {} } = JSON.parse(readFileSync(join(packages, name, 'package.json'), 'utf8')) as { dependencies?: object };
  for (const dependency of Object.keys(dependencies).filter((each) => !each.startsWith('@netaudit/'))) {
    const link = join(target, 'node_modules', dependency);
    mkdirSync(dirname(link), { recursive: true });
    symlinkSync(realpathSync(join(packages, name, 'node_modules', dependency)), link);
  }
};

const here = (path: string): string => fileURLToPath(new URL(path, import.meta.url));
const packages = here('../..');
const frameworks = here('../frameworks');
const pnpm = here('../../../node_modules/.pnpm-shim/pnpm');
const nodePackage = `node-linux-${process.arch}`;
const ownPackages = ['core', 'vitest', 'jest', 'mocha', 'node-test'];
