import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { binFolder, root } from './paths.mjs';
import { run } from './run.mjs';
import { Stop } from './steps.mjs';

/**
 * Runs the contract suite in every cell of the version table, and compares the table in README.md with what came out; `--write` puts it there.
 * Returns the exit code: 0 when every behaviour held in every cell and the README says so.
 */
export async function versionsTask(env, args) {
  const unknown = args.find((arg) => arg !== '--write');
  if (unknown) throw new Stop(`versions has no argument '${unknown}'; it takes --write`);
  const report = join(conformance, 'node_modules/.cache/netaudit/versions.json');
  rmSync(report, { force: true });
  mkdirSync(dirname(report), { recursive: true });
  const words = ['run', 'test/adapters.test.ts', '--reporter=dot', '--reporter=json', `--outputFile.json=${report}`];
  const { code } = await run(join(binFolder, 'vitest'), words, { cwd: conformance, env: { ...env, NETAUDIT_CELLS: 'all' } });
  if (!existsSync(report)) throw new Stop('the contract suite wrote no report: see its output above');
  const table = tableOf(cellsOf(JSON.parse(readFileSync(report, 'utf8'))));
  console.log(`\n${table}\n`);
  return publish(table, args.includes('--write')) && code === 0 ? 0 : 1;
}

/** One cell a row: framework and version, Node, way, and how many behaviours passed of those that apply. */
export function cellsOf(report) {
  const cells = new Map();
  for (const { ancestorTitles, status } of report.testResults.flatMap(({ assertionResults }) => assertionResults)) {
    const [name] = ancestorTitles;
    const cell = cells.get(name) ?? { name, passed: 0, total: 0 };
    cells.set(name, { ...cell, passed: cell.passed + (status === 'passed' ? 1 : 0), total: cell.total + 1 });
  }
  return [...cells.values()];
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
const readme = join(root, 'README.md');
const placeOfTable = /(<!-- versions: written by npm run versions -- --write -->)[\s\S]*?(<!-- end of versions -->)/;
