#!/usr/bin/env node
// The front door: `npm test`, `npm run demo`, `npm run build`, `npm run check`, `npm run versions`,
// `npm run docs`, `npm run captures`, `npm run coverage`, `npm run fuzz`, `npm run faults`, `npm run bench`. Needs Node, npm and git only.

import { join } from 'node:path';
import { childEnvironment } from './environment.mjs';
import { installPackages } from './install.mjs';
import { binFolder, root, shimFolder } from './paths.mjs';
import { providePnpm } from './pnpm.mjs';
import { run } from './run.mjs';
import { mustSucceed, Stop, say } from './steps.mjs';
import { provideSystemTools } from './system-tools.mjs';

/** What a task is made of is loaded when it runs: it may need packages, which are not there at first. */
const tasks = {
  build: { traces: false, work: async () => 0 },
  test: { traces: true, browser: true, work: async (env, args) => (await import('./test-task.mjs')).testTask(env, args) },
  demo: {
    traces: true,
    work: async (env) => (await run(process.execPath, ['script/demo.mjs'], { cwd: root, env, input: 'inherit' })).code,
  },
  check: { traces: true, browser: true, work: async (env, args) => (await import('./check-task.mjs')).checkTask(env, args) },
  captures: { traces: true, browser: true, work: async (env, args) => (await import('./captures-task.mjs')).capturesTask(env, args) },
  docs: { traces: true, browser: true, work: async (env, args) => (await import('./docs-task.mjs')).docsTask(env, args) },
  versions: { traces: true, work: async (env, args) => (await import('./versions-task.mjs')).versionsTask(env, args) },
  faults: { traces: true, work: async (env, args) => (await import('./faults-task.mjs')).faultsTask(env, args) },
  coverage: {
    traces: true,
    work: async (env, args) => (await run(lab, ['--', process.execPath, waysOut, ...args], { cwd: root, env })).code,
  },
  fuzz: { traces: false, work: async (env, args) => (await import('./fuzz-task.mjs')).fuzzTask(env, args) },
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
