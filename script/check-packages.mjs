import { cpSync, mkdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { root } from './paths.mjs';
import { run } from './run.mjs';

/**
 * Installs the packed packages with npm into an empty project in `folder`, and uses them as a user would.
 * Whatever could leave the machine runs in the laboratory network. Returns { code, output }.
 */
export async function checkPackages(tarballs, folder, env) {
  const installed = await install(tarballs, folder, env);
  if (installed.code !== 0) return installed;
  return meetAll(expectations(folder, env), folder, env);
}

/** Runs the commands of expectations, one after the other, in `folder`. Returns { code, output }: what went wrong. */
export async function meetAll(wanted, folder, env) {
  const results = [];
  for (const expectation of wanted) results.push(await meet(expectation, folder, env));
  const wrong = results.filter((text) => text !== null);
  return { code: wrong.length === 0 ? 0 : 1, output: wrong.join('') };
}

async function install(tarballs, folder, env) {
  cpSync(join(root, 'script/consumer'), folder, { recursive: true });
  writeFileSync(join(folder, 'package.json'), JSON.stringify({ private: true, type: 'module' }));
  const args = ['install', '--no-audit', '--no-fund', '--prefer-offline', ...tarballs, `vitest@${vitestVersion()}`];
  return run('npm', args, { cwd: folder, env, capture: true });
}

const vitestVersion = () => JSON.parse(readFileSync(join(root, 'node_modules/vitest/package.json'), 'utf8')).version;

/** What a user may rely on: a command, the exit code it must have, and where it matters a text it must print. */
function expectations(folder, env) {
  const netaudit = ['node_modules/.bin/netaudit'];
  const lab = [join(root, 'packages/conformance/lab/lab.sh'), '--'];
  const vitest = ['node_modules/.bin/vitest', 'run', '--no-color'];
  const nodeOnly = { ...env, PATH: folderWithNodeOnly(folder) };
  return [
    { name: 'import and require', code: 0, command: ['node', 'exports.mjs'] },
    { name: 'npx netaudit --version', code: 0, command: ['npx', '--no-install', 'netaudit', '--version'], prints: '0.' },
    { name: 'a command that uses the loopback', code: 0, command: [...netaudit, 'run', '--', 'node', 'connect.mjs', '127.0.0.1', '9'] },
    {
      name: 'a command that talks to the outside',
      code: 1,
      command: [...lab, ...netaudit, 'run', '--', 'node', 'connect.mjs', '203.0.113.80', '80'],
      prints: '203.0.113.80',
    },
    { name: 'no strace', code: 2, command: [...netaudit, 'run', '--', 'node', '--version'], env: nodeOnly },
    { name: 'an unknown option', code: 3, command: [...netaudit, 'run', '--no-such-option', '--', 'node', '--version'] },
    { name: "the command's own exit code", code: 7, command: [...netaudit, 'run', '--', 'node', '-e', 'process.exit(7)'] },
    { name: "the command's own signal", code: 143, command: [...netaudit, 'run', '--', 'sh', '-c', 'kill -TERM $$'] },
    { name: 'vitest: a test that uses the loopback', code: 0, command: [...lab, ...vitest, 'test/loopback.test.mjs'], prints: '1 passed' },
    {
      name: 'vitest: a test that talks to the outside',
      code: 1,
      command: [...lab, ...vitest, 'test/outside.test.mjs'],
      prints: '198.51.100.1',
    },
    {
      name: 'jest: a test that talks to the outside',
      code: 1,
      command: [...lab, 'node_modules/.bin/jest', '--config', 'jest/jest.config.cjs'],
      prints: 'NetworkViolationError',
    },
    {
      name: 'mocha: the example',
      code: 1,
      command: [...lab, 'node_modules/.bin/mocha', '--require', '@netaudit/mocha', join(root, 'examples/mocha/test/telemetry.js')],
      prints: 'NetworkViolationError',
    },
    {
      name: 'node:test: the example',
      code: 1,
      command: [...lab, 'node', '--test', '--require', '@netaudit/node-test', join(root, 'examples/node-test/test/weather.test.mjs')],
      prints: 'weather.test.mjs > forecast > asks the service',
    },
  ];
}

function folderWithNodeOnly(folder) {
  const bin = join(folder, 'bin');
  mkdirSync(bin);
  symlinkSync(process.execPath, join(bin, 'node'));
  symlinkSync('/bin/sh', join(bin, 'sh'));
  symlinkSync('/usr/bin/env', join(bin, 'env'));
  return bin;
}

/** What went wrong, or null. */
async function meet({ name, code, command, prints = '', env }, folder, defaultEnv) {
  const [program, ...args] = command;
  const result = await run(program, args, { cwd: folder, env: env ?? defaultEnv, capture: true });
  if (result.code === code && result.output.includes(prints)) return null;
  const wanted = prints === '' ? '' : ` and the text ${JSON.stringify(prints)}`;
  return `${name}: ${command.join(' ')}\n  wanted exit code ${code}${wanted}; exit code ${result.code} came, with:\n${result.output}\n`;
}
