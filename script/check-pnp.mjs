import { cpSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { meetAll } from './check-packages.mjs';
import { published } from './pack.mjs';
import { binFolder, root } from './paths.mjs';
import { run } from './run.mjs';

/**
 * Installs the packed packages with Yarn into an empty project in `folder`, without node_modules (Plug'n'Play), where a package is loaded out of its zip file and finds
 * nothing but what it names as a dependency. In each framework a test that connects must fail. Returns { code, output }, or { notRun } where Yarn can not install here.
 */
export async function checkPnp(tarballs, folder, env) {
  mkdirSync(folder, { recursive: true });
  cpSync(join(root, 'script/consumer'), folder, { recursive: true });
  writeFileSync(join(folder, 'package.json'), JSON.stringify(manifest(tarballs)));
  writeFileSync(join(folder, 'yarn.lock'), '');
  const yarnEnv = { ...env, ...(await settings(folder, env)) };
  const installed = await run(yarn, ['install'], { cwd: folder, env: yarnEnv, capture: true });
  if (installed.code !== 0) return { notRun: `Yarn can not install here:\n${installed.output}` };
  const lab = [join(root, 'packages/conformance/lab/lab.sh'), '--', yarn];
  const wanted = commands.map((words) => ({
    name: words.join(' '),
    code: 1,
    command: [...lab, ...words],
    prints: 'NetworkViolationError',
  }));
  return meetAll(wanted, folder, yarnEnv);
}

const yarn = join(binFolder, 'yarn');

const commands = [
  ['vitest', 'run', '--no-color', 'test/outside.test.mjs'],
  ['jest', '--config', 'jest/jest.config.cjs'],
  ['mocha', '--require', '@netaudit/mocha', '--ui', 'tdd', 'jest/outside.test.cjs'],
  ['node', '--test', '--require', '@netaudit/node-test', 'node-test/outside.test.mjs'],
];

const manifest = (tarballs) => {
  const files = Object.fromEntries(published.map((one, index) => [nameOf(join(root, one.folder)), `file:${tarballs[index]}`]));
  // Jest 29: Yarn looks for what Jest 30 needs on each system there is, and not every registry has it.
  const frameworks = { vitest: versionOf('vitest-4', 'vitest'), jest: versionOf('jest-29', 'jest'), mocha: versionOf('mocha-11', 'mocha') };
  return { private: true, type: 'module', dependencies: { ...files, ...frameworks }, resolutions: files };
};

const read = (folder) => JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));
const nameOf = (folder) => read(folder).name;
const versionOf = (install, name) => read(join(root, 'packages/conformance/frameworks', install)).dependencies[name];

/** Yarn asks the registry that npm asks, and writes below `folder` alone. */
async function settings(folder, env) {
  const { output } = await run('npm', ['config', 'get', 'registry'], { cwd: folder, env, capture: true });
  const registry = output.split('\n').find((line) => line.startsWith('http')) ?? '';
  return {
    ...(registry !== '' && { YARN_NPM_REGISTRY_SERVER: registry.replace(/\/$/, '') }),
    YARN_GLOBAL_FOLDER: join(folder, '.yarn-global'),
    YARN_ENABLE_TELEMETRY: '0',
    YARN_ENABLE_SCRIPTS: 'false',
    YARN_ENABLE_IMMUTABLE_INSTALLS: 'false',
    YARN_NODE_LINKER: 'pnp',
  };
}
