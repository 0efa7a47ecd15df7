import { existsSync, mkdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { binFolder, root, workspaceFolders } from './paths.mjs';
import { run } from './run.mjs';
import { say } from './steps.mjs';

/** Runs the tests of the scripts and of every package, one package at a time, and prints the sum. Returns the exit code. */
export async function testTask(env) {
  const folders = testedFolders();
  for (const folder of folders) rmSync(reportOf(folder), { force: true });
  mkdirSync(join(root, reportFolder), { recursive: true });
  say('test the scripts');
  const scripts = await run(join(binFolder, 'vitest'), ['run', '--dir', 'script/test', ...reporters], { cwd: root, env });
  say('test the packages');
  const args = ['run', 'test', '--filter=./packages/*', '--only', '--concurrency=1', '--continue', '--log-prefix=none', '--', ...reporters];
  const packages = await run(join(binFolder, 'turbo'), args, { cwd: root, env });
  return summarise(folders, scripts.code !== 0 || packages.code !== 0);
}

function testedFolders() {
  const hasTests = (folder) => JSON.parse(readFileSync(join(root, folder, 'package.json'), 'utf8')).scripts?.test !== undefined;
  return ['.', ...workspaceFolders().filter((folder) => folder.startsWith('packages/') && hasTests(folder))];
}

function summarise(folders, anyFailed) {
  const counts = folders.map((folder) => ({ folder, ...countOf(reportOf(folder)) }));
  const sum = (key) => counts.reduce((total, count) => total + count[key], 0);
  console.log('');
  for (const { folder, passed, failed, skipped, note } of counts)
    console.log(`${folder === '.' ? 'script' : folder}: ${passed} passed, ${failed} failed, ${skipped} skipped${note}`);
  if (anyFailed && sum('failed') === 0) console.log('A test command failed without a failed test: see its output above.');
  console.log(`\n${sum('passed')} passed, ${sum('failed')} failed`);
  return anyFailed || sum('failed') > 0 ? 1 : 0;
}

/** What one vitest JSON report says. A missing report is a failure, and so is a file that failed without a failed test. */
export function countOf(file) {
  if (!existsSync(file)) return { passed: 0, failed: 1, skipped: 0, note: ' (no report was written)' };
  const report = JSON.parse(readFileSync(file, 'utf8'));
  const broken = report.testResults.filter(failedWithoutTest).length;
  return {
    passed: report.numPassedTests,
    failed: report.numFailedTests + broken,
    skipped: report.numPendingTests + report.numTodoTests,
    note: broken > 0 ? ` (${broken} of the failures: a file that failed outside its tests)` : '',
  };
}

const failedWithoutTest = ({ status, assertionResults }) =>
  status === 'failed' && !assertionResults.some((test) => test.status === 'failed');

const reportFolder = 'node_modules/.cache/netaudit';
const reportOf = (folder) => join(root, folder, reportFolder, 'tests.json');
const reporters = ['--reporter=default', '--reporter=json', `--outputFile.json=${reportFolder}/tests.json`];
