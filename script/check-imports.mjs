// node script/check-imports.mjs [ROOT]: refuses every import under packages/*/src that script/import-table.mjs does not list.
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join, posix, relative, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { findImports } from './find-imports.mjs';
import { coreTable, packageTable } from './import-table.mjs';
import { root as here } from './paths.mjs';

/** The imports under `root` that the table does not allow: { file, line, specifier, rule }. */
export function wrongImports(root) {
  const context = { exported: exportedEntries(root) };
  return sourceFiles(root).flatMap((file) =>
    findImports(file, readFileSync(join(root, file), 'utf8'))
      .map(({ specifier, line }) => ({ file, line, specifier, rule: refusal(file, specifier, context) }))
      .filter(({ rule }) => rule !== null),
  );
}

function sourceFiles(root) {
  const packages = readdirSync(join(root, 'packages')).map((name) => join(root, 'packages', name, 'src'));
  return packages
    .filter((folder) => existsSync(folder))
    .flatMap((folder) => readdirSync(folder, { recursive: true }).map((name) => relative(root, join(folder, name))))
    .filter((file) => /\.[cm]?tsx?$/.test(file))
    .sort();
}

/** Why `file` may not import `specifier`, or null. */
function refusal(file, specifier, context) {
  const home = file.split('/').slice(0, 2).join('/');
  if (packageTable[home] === undefined) return `${home} has no row in script/import-table.mjs`;
  if (specifier === null) return 'an import must name its module in plain text, so that it can be checked';
  if (specifier.startsWith('.')) return refusedPath(home, file, posix.join(dirname(file), specifier));
  if (/^(@netaudit\/|netaudit(\/|$))/.test(specifier)) return refusedPackage(home, specifier, context);
  return null;
}

function refusedPackage(home, specifier, { exported }) {
  const name = specifier
    .split('/')
    .slice(0, specifier.startsWith('@') ? 2 : 1)
    .join('/');
  if (!packageTable[home].includes(name)) return `${home} may import ${listed(packageTable[home])} of this workspace`;
  const entries = exported.get(name) ?? [];
  return entries.includes(specifier) ? null : `${name} exports ${entries.join(', ')}`;
}

function refusedPath(home, file, target) {
  if (!target.startsWith(`${home}/src/`)) return `a relative import stays inside ${home}/src`;
  return home === 'packages/core'
    ? refusedInCore(file.slice('packages/core/src/'.length), target.slice('packages/core/src/'.length))
    : null;
}

function refusedInCore(file, target) {
  const row = Object.keys(coreTable)
    .filter((name) => isWithin(file, name))
    .sort((a, b) => b.length - a.length)[0];
  if (row === undefined) return `packages/core/src/${file} has no row in script/import-table.mjs`;
  const module = target.replace(/\.([cm]?)js$/, '.$1ts');
  const allowed = coreTable[row];
  const fits = allowed.includes('*') || [row, ...allowed].some((name) => isWithin(module, name));
  return fits ? null : `${row} may import ${listed(allowed)} of packages/core/src`;
}

const isWithin = (path, name) => path === name || path.startsWith(`${name}/`);
const listed = (names) => (names.length === 0 ? 'nothing' : names.join(', '));

/** Package name → what its "exports" offer: "@netaudit/core", "@netaudit/core/worker". */
function exportedEntries(root) {
  const manifests = Object.keys(packageTable)
    .map((folder) => join(root, folder, 'package.json'))
    .filter((file) => existsSync(file))
    .map((file) => JSON.parse(readFileSync(file, 'utf8')));
  return new Map(manifests.map(({ name, exports = {} }) => [name, Object.keys(exports).map((key) => posix.join(name, key))]));
}

function main(root) {
  const wrong = wrongImports(root);
  for (const { file, line, specifier, rule } of wrong) console.log(`${file}:${line} imports ${specifier ?? '(computed)'}: ${rule}`);
  console.log(wrong.length === 0 ? 'Every import is listed in script/import-table.mjs.' : `${wrong.length} imports are not allowed.`);
  process.exitCode = wrong.length === 0 ? 0 : 1;
}

if (process.argv[1] === fileURLToPath(import.meta.url)) main(resolve(process.argv[2] ?? here));
