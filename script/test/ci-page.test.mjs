import { spawnSync } from 'node:child_process';
import { chmodSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { validateWorkflow } from '@action-validator/core';
import { validate } from 'dockerfile-utils';
import { expect, onTestFinished, test } from 'vitest';
import { root } from '../paths.mjs';

const read = (file) => readFileSync(join(root, file), 'utf8');
const { parse } = createRequire(join(root, 'packages/core/package.json'))('yaml');

/** The blocks of docs/ci.md in a language. */
const blocks = (language) =>
  [...read('docs/ci.md').matchAll(new RegExp(`\`\`\`${language}\\n([\\s\\S]*?)\`\`\``, 'g'))].map(([, text]) => text);

/** A project with the built netaudit, whose `npm test` connects to loopback, which is not allowed. */
function project() {
  const folder = mkdtempSync(join(tmpdir(), 'ci-page-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  mkdirSync(join(folder, 'node_modules/.bin'), { recursive: true });
  symlinkSync(join(root, 'packages/cli'), join(folder, 'node_modules/netaudit'));
  symlinkSync('../netaudit/dist/main.js', join(folder, 'node_modules/.bin/netaudit'));
  chmodSync(join(root, 'packages/cli/dist/main.js'), 0o755);
  writeFileSync(join(folder, 'connect.mjs'), "import net from 'node:net';\nnet.connect(9, '127.0.0.1').on('error', () => {});\n");
  writeFileSync(join(folder, 'package.json'), JSON.stringify({ private: true, scripts: { test: 'node connect.mjs' } }));
  const rules = '  - {family: AF_UNIX, path_glob: "*"}\n  - {family: AF_NETLINK}\n';
  writeFileSync(join(folder, 'netaudit.yaml'), `version: 1\nincludes_builtins: false\nallowlist:\n${rules}`);
  return folder;
}

test('the workflow for GitHub is one, and gives the action inputs and takes outputs that it has', () => {
  const [workflow] = blocks('yaml');
  const name = 'name: test\non: push\n';
  expect(validateWorkflow(name + workflow)).toEqual({ actionType: 'workflow', errors: [] });
  const action = parse(read('action.yml'));
  const step = parse(workflow).jobs.test.steps.find(({ id }) => id === 'audit');
  const outputs = [...workflow.matchAll(/steps\.audit\.outputs\.([\w-]+)/g)].map(([, output]) => output);
  for (const input of Object.keys(step.with)) expect(Object.keys(action.inputs)).toContain(input);
  for (const output of outputs) expect(Object.keys(action.outputs)).toContain(output);
  const documented = [...read('docs/ci.md').matchAll(/^\| ((?:`[\w-]+`(?:, )?)+) \|/gm)].flatMap(([, names]) => names.match(/[\w-]+/g));
  for (const known of [...Object.keys(action.inputs), ...Object.keys(action.outputs)]) expect(documented).toContain(known);
});

test('the script of the job for GitLab fails on a violation, and writes the reports that the job keeps', { timeout: 30_000 }, () => {
  const [, pipeline] = blocks('yaml');
  const { script, artifacts } = parse(pipeline).test;
  const cwd = project();
  const { status, stderr } = spawnSync('bash', ['-eo', 'pipefail', '-c', script.join('\n')], { cwd, encoding: 'utf8' });
  expect({ status, stderr }).toEqual({ status: 1, stderr: expect.stringContaining('1 violation detected') });
  expect(artifacts.paths).toEqual(Object.values(artifacts.reports));
  expect(artifacts.paths.filter((file) => !existsSync(join(cwd, file)))).toEqual([]);
  const issue = { description: expect.stringContaining('127.0.0.1:9'), fingerprint: expect.any(String) };
  expect(JSON.parse(readFileSync(join(cwd, artifacts.reports.codequality), 'utf8'))).toContainEqual(expect.objectContaining(issue));
  expect(readFileSync(join(cwd, artifacts.reports.junit), 'utf8')).toMatch(/^<\?xml[\s\S]*<failure/);
});

test.each([
  ['that of the page', () => blocks('dockerfile')[0]],
  ['that of the devcontainer', () => read('.devcontainer/Dockerfile')],
])('the Dockerfile is one, and does not end as root: %s', (_name, text) => {
  expect(validate(text()).map(({ message }) => message)).toEqual([]);
  expect(
    text()
      .match(/^USER .*$/gm)
      ?.at(-1),
  ).toBe('USER node');
});

test('the devcontainer asks for no privilege', () => {
  const {
    build,
    runArgs = [],
    capAdd = [],
    privileged = false,
    securityOpt = [],
    remoteUser,
  } = JSON.parse(read('.devcontainer/devcontainer.json'));
  expect(existsSync(join(root, '.devcontainer', build.dockerfile))).toBe(true);
  expect({ capAdd, privileged, securityOpt, remoteUser }).toEqual({ capAdd: [], privileged: false, securityOpt: [], remoteUser: 'node' });
  expect(runArgs.filter((word) => /privileged|cap-add|unconfined/.test(word))).toEqual([]);
});

test('no capability is needed, and no way to get one', { timeout: 30_000 }, () => {
  const dropped = process.getuid?.() === 0 ? ['--bounding-set=-all', '--inh-caps=-all'] : [];
  const argv = [
    '--no-new-privs',
    ...dropped,
    process.execPath,
    join(root, 'packages/cli/dist/main.js'),
    'run',
    '--',
    'node',
    'connect.mjs',
  ];
  const { status, stderr } = spawnSync('setpriv', argv, { cwd: project(), encoding: 'utf8' });
  expect({ status, stderr }).toEqual({ status: 1, stderr: expect.stringContaining('1 violation detected') });
});
