// node script/demo.mjs: shows netaudit on examples/vitest, in a private network. Ends with 0 only if it saw what it tells.
import { spawn } from 'node:child_process';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';

const root = path.join(import.meta.dirname, '..');
const lab = path.join(root, 'packages', 'conformance', 'lab', 'lab.sh');
const example = path.join(root, 'examples', 'vitest');

const acts = [
  {
    allowlist: 'netaudit.yaml',
    heading: [
      '1. Nine tests, and two of them talk to the outside. The allowlist has the name server only.',
      'Those two tests must fail, and say where they went.',
    ],
    exitCode: 1,
    verdict: 'violations',
    guilty: [
      '203.0.113.80:80 by test/payments.test.ts > payments > charges a card',
      '203.0.113.84:80 by test/telemetry.test.ts > telemetry > reports an order in a process of its own',
    ],
    failed: ['payments charges a card', 'telemetry reports an order in a process of its own'],
    moral: 'Both tests pass without netaudit. The second connection was made by a child process of the test.',
  },
  {
    allowlist: 'netaudit.fixed.yaml',
    heading: ['2. The same tests, after a review: the allowlist has both destinations too.', 'All tests must pass.'],
    exitCode: 0,
    verdict: 'clean',
    guilty: [],
    failed: [],
    moral: 'A connection that nobody reviewed would fail its test again.',
  },
];

async function main() {
  const folder = await mkdtemp(path.join(os.tmpdir(), 'netaudit-demo-'));
  try {
    const mistakes = [];
    for (const act of acts) mistakes.push(...(await play(act, folder)));
    for (const mistake of mistakes) console.error(`demo: ${mistake}`);
    console.log(mistakes.length === 0 ? '\nThe demo went as it should.' : '\nThe demo did NOT go as it should.');
    process.exitCode = mistakes.length === 0 ? 0 : 1;
  } finally {
    await rm(folder, { recursive: true });
  }
}

// Returns what was not as announced.
async function play(act, folder) {
  if (interrupted) return [`${act.allowlist}: not run after ${interrupted}`];
  console.log(`\n━━━ ${act.heading.join('\n    ')}\n`);
  const files = { audit: path.join(folder, `${act.allowlist}.audit.json`), tests: path.join(folder, `${act.allowlist}.tests.json`) };
  const exitCode = await runTests(act.allowlist, files);
  const audit = await readJson(files.audit);
  const tests = await readJson(files.tests);
  console.log(`\n    Exit code ${exitCode}, verdict ${audit?.verdict ?? 'unknown'}.`);
  const mistakes = compare(act, {
    exitCode,
    verdict: audit?.verdict,
    guilty: audit?.violations.flatMap(describe).sort(),
    failed: tests?.testResults.flatMap(failedTests).sort(),
  });
  if (mistakes.length === 0) console.log(`    ${act.moral}`);
  return mistakes;
}

function runTests(allowlist, files) {
  const vitest = path.join(example, 'node_modules', '.bin', 'vitest');
  const reporters = ['--reporter=default', '--reporter=json', `--outputFile.json=${files.tests}`];
  const env = { ...process.env, ALLOWLIST: allowlist, NETAUDIT: undefined, NETAUDIT_REPORT: files.audit };
  const child = spawn(lab, ['--', vitest, 'run', ...reporters], { cwd: example, stdio: 'inherit', env });
  running = child;
  return new Promise((resolve, reject) => {
    child.on('error', reject);
    child.on('exit', (code, signal) => resolve(code ?? signal));
  });
}

// Nothing where a run did not come to write its file.
async function readJson(file) {
  try {
    return JSON.parse(await readFile(file, 'utf8'));
  } catch (error) {
    if (error.code === 'ENOENT') return undefined;
    throw error;
  }
}

function failedTests({ assertionResults }) {
  return assertionResults.filter(({ status }) => status !== 'passed').map(({ fullName }) => fullName);
}

function describe({ addr, port, scopes }) {
  return scopes.map(({ scope, method }) => `${addr}:${port} by ${scope ? [scope.file, ...scope.names].join(' > ') : method}`);
}

function compare(expected, seen) {
  return ['exitCode', 'verdict', 'guilty', 'failed']
    .filter((key) => JSON.stringify(seen[key]) !== JSON.stringify(expected[key]))
    .map((key) => `${expected.allowlist}: ${key} is ${JSON.stringify(seen[key])}, and should be ${JSON.stringify(expected[key])}`);
}

let running;
let interrupted;
// A terminal interrupts the tests itself; here it only means that no more are started, and that we clean up.
process.on('SIGINT', (signal) => {
  interrupted = signal;
});
process.on('SIGTERM', (signal) => {
  interrupted = signal;
  running?.kill(signal);
});
await main();
