import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { validateAction } from '@action-validator/core';
import { expect, onTestFinished, test } from 'vitest';
import { root } from '../paths.mjs';

const action = readFileSync(join(root, 'action.yml'), 'utf8');

/** A project with the built netaudit, or with `installed: false` without one, in which loopback is not allowed. */
function project({ installed = true } = {}) {
  const folder = mkdtempSync(join(tmpdir(), 'action-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  mkdirSync(join(folder, 'node_modules'));
  if (installed) symlinkSync(join(root, 'packages/cli'), join(folder, 'node_modules/netaudit'));
  const policy = 'version: 1\nincludes_builtins: false\nallowlist:\n  - {family: AF_UNIX, path_glob: "*"}\n  - {family: AF_NETLINK}\n';
  writeFileSync(join(folder, 'strict.yaml'), policy);
  mkdirSync(join(folder, 'temp'));
  return folder;
}

/** Runs the step of action.yml as a runner does: its script by bash, with its env filled in from the inputs and their defaults. */
async function step(folder, inputs, more = {}) {
  const [{ env: wanted, run }] = parse(action).runs.steps;
  const given = {
    ...Object.fromEntries(Object.entries(parse(action).inputs).map(([name, input]) => [name, input.default ?? ''])),
    ...inputs,
  };
  const env = Object.fromEntries(
    Object.entries(wanted).map(([name, value]) => [name, value.replace(/\$\{\{ inputs\.([\w-]+) \}\}/g, (_, input) => given[input])]),
  );
  for (const file of ['output', 'summary']) writeFileSync(join(folder, file), '');
  const runner = {
    ...{ CI: 'true', GITHUB_ACTIONS: 'true', GITHUB_WORKSPACE: folder, GITHUB_ACTION_PATH: root, RUNNER_TEMP: join(folder, 'temp') },
    ...{ GITHUB_OUTPUT: join(folder, 'output'), GITHUB_STEP_SUMMARY: join(folder, 'summary') },
  };
  const child = spawn('bash', ['--noprofile', '--norc', '-eo', 'pipefail', '-c', run], {
    cwd: folder,
    env: { ...process.env, ...runner, ...env, ...more },
  });
  let log = '';
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk) => (log += chunk));
  const [code] = await once(child, 'close');
  const read = (name) => readFileSync(join(folder, name), 'utf8');
  return { code, log, outputs: outputsOf(read('output')), summary: read('summary') };
}

/** As the runner reads them: NAME<<END, lines, END. */
const outputsOf = (text) =>
  Object.fromEntries([...text.matchAll(/^([\w-]+)<<(\S+)\n([\s\S]*?)\n?\2\n/gm)].map(([, name, , value]) => [name, value]));

const { parse } = createRequire(join(root, 'packages/core/package.json'))('yaml');

const connect = `node -e "require('net').connect(9, '127.0.0.1').on('error', () => console.log('\${WHO:-nobody} was there'))"`;

test('action.yml is as the schema of such files says, and no input stands in its script', () => {
  expect(validateAction(action)).toEqual({ actionType: 'action', errors: [] });
  for (const { run, uses } of parse(action).runs.steps) expect([run.includes('${{'), uses]).toEqual([false, undefined]);
});

test('a violation fails the step: outputs, summary and report tell it, and each report has its hash', async () => {
  const folder = project();
  const { code, log, outputs, summary } = await step(folder, { command: connect, config: 'strict.yaml' }, { WHO: 'she' });
  expect({ code, ...outputs }).toEqual({
    ...{ code: 1, verdict: 'violations', violations: '1', gaps: '0', 'exit-code': '1' },
    ...{ findings: expect.stringMatching(/^\d+$/), 'report-path': join(folder, 'netaudit-report.json') },
  });
  expect(log).toContain('she was there');
  expect(log).toContain('1 violation detected');
  expect(summary.match(/^## netaudit: 1 violation$/gm)).toHaveLength(1);
  expect(summary).toContain('127.0.0.1:9');
  expect(log).toMatch(/^::error .*127\.0\.0\.1:9/m);
  expect(JSON.parse(readFileSync(outputs['report-path'], 'utf8'))).toMatchObject({ verdict: 'violations' });
  expect(existsSync(`${outputs['report-path']}.sha256`)).toBe(true);
});

test("mode, reporters and working directory count; the command's own exit code is the step's; an old report is not taken for the new one", {
  timeout: 60_000,
}, async () => {
  const folder = project();
  mkdirSync(join(folder, 'sub'));
  writeFileSync(join(folder, 'sub', 'a.json'), '{}');
  const inputs = { command: `${connect}\nexit 7\necho never`, config: '../strict.yaml', mode: 'warn', 'working-directory': 'sub' };
  const { code, log, outputs } = await step(folder, { ...inputs, reporters: 'text=a b.txt\n\n json=a.json' });
  expect({ code, ...outputs }).toMatchObject({
    code: 7,
    verdict: 'violations',
    'exit-code': '7',
    'report-path': join(folder, 'sub/a.json'),
  });
  expect(log).not.toContain('never');
  expect(readFileSync(join(folder, 'sub/a b.txt'), 'utf8')).toContain('1 violation detected');
  const wrong = await step(folder, { ...inputs, config: 'none.yaml', reporters: 'json=a.json' });
  expect({ code: wrong.code, ...wrong.outputs }).toMatchObject({ code: 3, verdict: '', 'report-path': '', 'exit-code': '3' });
  expect(wrong.summary).toContain('no audit');
});

test('an input is data: it runs nothing in the script of the step', async () => {
  const folder = project();
  const hostile = '$(touch pwned); `touch pwned` "; touch pwned; #';
  const { code, outputs } = await step(folder, { command: 'true', config: hostile, mode: 'fail' });
  expect({ code, verdict: outputs.verdict, pwned: existsSync(join(folder, 'pwned')) }).toEqual({ code: 3, verdict: '', pwned: false });
});

test.each([
  ['an empty command', { command: ' ' }, /the input command is empty/],
  ['a mode that is none', { command: 'true', mode: 'off' }, /fail, warn or report is allowed/],
  ['a range of versions', { command: 'true', version: '^0.1.0' }, /the input version is '\^0\.1\.0'; an exact one with its hash/],
  ['a tag', { command: 'true', version: 'latest' }, /an exact one with its hash/],
  ['a project without netaudit', { command: 'true' }, /the project has no netaudit: npm install --save-dev netaudit/, { installed: false }],
])('%s: exit 3, an annotation says why', async (_name, inputs, says, given) => {
  const { code, log, outputs } = await step(project(given), inputs);
  expect({ code, verdict: outputs.verdict }).toEqual({ code: 3, verdict: '' });
  expect(log).toMatch(/^::error title=netaudit::.*\n$/);
  expect(log).toMatch(says);
});

test('a version is installed only where its packages have the hash that is given, and no script of theirs runs', {
  timeout: 60_000,
}, async () => {
  const folder = project({ installed: false });
  const registry = await serveNetaudit(folder);
  const env = { npm_config_registry: registry, npm_config_cache: join(folder, 'cache'), npm_config_prefer_offline: 'false' };
  const without = await step(folder, { command: 'true', version: '9.9.9' }, env);
  expect({ code: without.code, log: without.log }).toEqual({
    code: 3,
    log: expect.stringMatching(/has no hash; today it would be 9\.9\.9\+sha256\.[0-9a-f]{64}\n$/),
  });
  const version = without.log.trim().split(' ').at(-1);
  const right = await step(folder, { command: 'true', version }, env);
  expect({ code: right.code, verdict: right.outputs.verdict }, right.log).toEqual({ code: 0, verdict: 'clean' });
  expect(existsSync(join(folder, 'ran-a-script'))).toBe(false);
  const wrong = await step(folder, { command: 'true', version: `9.9.9+sha256.${'0'.repeat(64)}` }, env);
  expect({ code: wrong.code, log: wrong.log }).toEqual({
    code: 3,
    log: expect.stringContaining('has another hash than the packages it comes to'),
  });
});

/** A registry on loopback with one package, netaudit 9.9.9: the built one by another name of its folder. */
async function serveNetaudit(folder) {
  const source = join(folder, 'package');
  mkdirSync(source);
  const scripts = { postinstall: `touch ${join(folder, 'ran-a-script')}` };
  const manifest = { name: 'netaudit', version: '9.9.9', bin: { netaudit: 'main.mjs' }, scripts };
  writeFileSync(join(source, 'package.json'), JSON.stringify(manifest));
  writeFileSync(join(source, 'main.mjs'), `await import(${JSON.stringify(join(root, 'packages/cli/dist/main.js'))});\n`);
  const [packed] = JSON.parse(execFileSync('npm', ['pack', '--json', '--pack-destination', folder], { cwd: source, encoding: 'utf8' }));
  const server = createServer((request, response) => {
    const dist = { tarball: `http://127.0.0.1:${server.address().port}/netaudit.tgz`, integrity: packed.integrity, shasum: packed.shasum };
    if (request.url === '/netaudit.tgz') response.end(readFileSync(join(folder, packed.filename)));
    else if (request.url === '/netaudit')
      response.setHeader('content-type', 'application/json').end(
        JSON.stringify({
          name: 'netaudit',
          'dist-tags': { latest: '9.9.9' },
          versions: { '9.9.9': { ...manifest, hasInstallScript: true, dist } },
        }),
      );
    else response.writeHead(404).end();
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  onTestFinished(() => new Promise((closed) => server.close(closed)));
  return `http://127.0.0.1:${server.address().port}`;
}
