import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { binFolder, root } from './paths.mjs';
import { run } from './run.mjs';
import { Stop } from './steps.mjs';

/**
 * Runs the contract suite in every cell of the version table, and compares the table in README.md with what came out; `--write` puts it there.
 * With `--after-test`, the cells of `npm test` are not run again: their results are read from the report that it left.
 * Returns the exit code: 0 when every behaviour held in every cell and the README says so.
 */
export async function versionsTask(env, args) {
  const unknown = args.find((arg) => arg !== '--write' && arg !== '--after-test');
  if (unknown) throw new Stop(`versions has no argument '${unknown}'; it takes --write and --after-test`);
  const before = args.includes('--after-test') ? resultsIn(reportOfTests, 'run npm test first') : [];
  const report = join(reportFolder, 'versions.json');
  rmSync(report, { force: true });
  mkdirSync(reportFolder, { recursive: true });
  const words = ['run', 'test/adapters.test.ts', '--reporter=dot', '--reporter=json', `--outputFile.json=${report}`];
  const NETAUDIT_CELLS = before.length > 0 ? 'others' : 'all';
  const { code } = await run(join(binFolder, 'vitest'), words, { cwd: conformance, env: { ...env, NETAUDIT_CELLS } });
  const results = [...before, ...resultsIn(report, 'see the output of the contract suite above')];
  const table = tableOf(cellsOf(results));
  console.log(`\n${table}\n`);
  const held = results.every(({ status }) => status === 'passed');
  return publish(table, args.includes('--write')) && code === 0 && held ? 0 : 1;
}

/** The results of the contract suite in a report of Vitest's, one for each behaviour in each cell. */
function resultsIn(report, advice) {
  if (!existsSync(report)) throw new Stop(`there is no ${relative(root, report)}: ${advice}`);
  const files = JSON.parse(readFileSync(report, 'utf8')).testResults.filter(({ name }) => name.endsWith('/adapters.test.ts'));
  const results = files.flatMap(({ assertionResults }) => assertionResults);
  if (results.length === 0) throw new Stop(`${relative(root, report)} has no result of the contract suite: ${advice}`);
  return results;
}

/** One cell a row, by name: framework and version, Node, way, and how many behaviours passed of those that apply. */
export function cellsOf(results) {
  const cells = new Map();
  for (const { ancestorTitles, status } of results) {
    const [name] = ancestorTitles;
    const cell = cells.get(name) ?? { name, passed: 0, total: 0 };
    cells.set(name, { ...cell, passed: cell.passed + (status === 'passed' ? 1 : 0), total: cell.total + 1 });
  }
  return [...cells.values()].sort((left, right) => (left.name < right.name ? -1 : 1));
}

/** Markdown; the ways of one version on one Node share a row. */
export function tableOf(cells) {
  const rows = new Map();
  for (const { name, passed, total } of cells) {
    const [framework, node, variant] = name.split(', ');
    const key = `| ${frameworkText(framework)} | ${nodeText(node)} |`;
    rows.set(key, [...(rows.get(key) ?? []), `${variant} ${passed}/${total}`]);
  }
  const lines = [...rows].map(([key, variants]) => `${key} ${variants.join(', ')} |`);
  return ['| framework | Node | behaviours that hold, of those that apply |', '| --- | --- | --- |', ...lines].join('\n');
}

/** The folder is named after the package: `vitest-5`. */
function frameworkText(folder) {
  const manifest = join(conformance, 'frameworks', folder, 'package.json');
  if (!existsSync(manifest)) return 'node:test';
  const name = folder.replace(/-\d+$/, '');
  return `${name} ${JSON.parse(readFileSync(manifest, 'utf8')).dependencies[name]}`;
}

function nodeText(folder) {
  const manifest = join(conformance, 'frameworks', folder, 'package.json');
  if (!existsSync(manifest)) return process.versions.node.split('.')[0];
  return Object.values(JSON.parse(readFileSync(manifest, 'utf8')).optionalDependencies)[0];
}

/** Whether README.md has this table. */
function publish(table, write) {
  const text = readFileSync(readme, 'utf8');
  const wanted = text.replace(placeOfTable, (_, begin, end) => `${begin}\n${table}\n${end}`);
  if (wanted === text) return placeOfTable.test(text);
  if (write) writeFileSync(readme, wanted);
  else console.log('README.md shows another table. To put this one there: npm run versions -- --write');
  return write;
}

const conformance = join(root, 'packages/conformance');
const reportFolder = join(conformance, 'node_modules/.cache/netaudit');
const reportOfTests = join(reportFolder, 'tests.json');
const readme = join(root, 'README.md');
const placeOfTable = /(<!-- versions: written by npm run versions -- --write -->)[\s\S]*?(<!-- end of versions -->)/;
