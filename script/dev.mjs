#!/usr/bin/env node
// The front door: `npm test`, `npm run demo`, `npm run build`, `npm run check`, `npm run versions`,
// `npm run docs`, `npm run captures`, `npm run coverage`, `npm run fuzz`, `npm run faults`, `npm run bench`. Needs Node, npm and git only.

import { join } from 'node:path';
import { capturesTask } from './captures-task.mjs';
import { checkTask } from './check-task.mjs';
import { docsTask } from './docs-task.mjs';
import { childEnvironment } from './environment.mjs';
import { faultsTask } from './faults-task.mjs';
import { fuzzTask } from './fuzz-task.mjs';
import { installPackages } from './install.mjs';
import { binFolder, root, shimFolder } from './paths.mjs';
import { providePnpm } from './pnpm.mjs';
import { run } from './run.mjs';
import { mustSucceed, Stop, say } from './steps.mjs';
import { provideSystemTools } from './system-tools.mjs';
import { testTask } from './test-task.mjs';
import { versionsTask } from './versions-task.mjs';

const tasks = {
  build: { traces: false, work: async () => 0 },
  test: { traces: true, browser: true, work: testTask },
  demo: {
    traces: true,
    work: async (env) => (await run(process.execPath, ['script/demo.mjs'], { cwd: root, env, input: 'inherit' })).code,
  },
  check: { traces: true, work: checkTask },
  captures: { traces: true, work: capturesTask },
  docs: { traces: false, work: docsTask },
  versions: { traces: true, work: versionsTask },
  faults: { traces: true, work: faultsTask },
  coverage: {
    traces: true,
    work: async (env, args) => (await run(lab, ['--', process.execPath, waysOut, ...args], { cwd: root, env })).code,
  },
  fuzz: { traces: false, work: fuzzTask },
  bench: {
    traces: true,
    work: async (env, args) => (await run('pnpm', ['--dir', 'bench', 'run', 'bench', ...args], { cwd: root, env })).code,
  },
};

const lab = join(root, 'packages/conformance/lab/lab.sh');
const waysOut = join(root, 'packages/conformance/ways/run.mjs');

async function main(name, args) {
  const task = tasks[name];
  if (task === undefined) throw new Stop(`Usage: node script/dev.mjs ${Object.keys(tasks).join('|')}`);
  requireNode();
  const env = childEnvironment(process.env, shimFolder);
  if (task.traces) await provideSystemTools(env, task);
  await providePnpm(env);
  await installPackages(env);
  const build = ['run', 'build', '--filter=./packages/*', '--output-logs=errors-only'];
  await mustSucceed('build', () => run(join(binFolder, 'turbo'), build, { cwd: root, env, capture: true }));
  say(name === 'build' ? 'built' : name);
  return task.work(env, args);
}

function requireNode() {
  const [major, minor] = process.versions.node.split('.').map(Number);
  if (major < 20 || (major === 20 && minor < 19)) throw new Stop(`Node 20.19 or newer is needed; this is ${process.version}.`);
}

main(process.argv[2], process.argv.slice(3)).then(
  (code) => {
    process.exitCode = code;
  },
  (error) => {
    console.error(error instanceof Stop ? error.message : error);
    process.exitCode = 1;
  },
);
