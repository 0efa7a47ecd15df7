import { spawn } from 'node:child_process';
import { mkdirSync, mkdtempSync, realpathSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { onTestFinished } from 'vitest';

type Ended = { readonly code: number | null; readonly stdout: string; readonly stderr: string };

const modules = fileURLToPath(new URL('../node_modules', import.meta.url));
const cli = join(realpathSync(join(modules, 'netaudit')), 'dist/main.js');

/** A policy under which all of loopback is a violation, and nothing else is reported. */
export const NO_LOOPBACK =
  'version: 1\nincludes_builtins: false\nfindings: { refused-loopback: off }\nallowlist:\n  - { family: AF_UNIX, path_glob: "*" }\n  - { family: AF_NETLINK }\n';

/** A test file of node:test: each title with what it connects to on loopback, as `host:port`; nobody listens there. */
export const testFile = (tests: Readonly<Record<string, readonly string[]>>): string =>
  [
    "import net from 'node:net';",
    "import { test } from 'node:test';",
    'const go = (to) => new Promise((done) => {',
    "  const [host, port] = to.split(':');",
    "  net.connect(Number(port), host).on('error', done).on('connect', function () { this.destroy(); done(); });",
    '});',
    ...Object.entries(tests).map(([title, to]) => `test(${JSON.stringify(title)}, () => Promise.all(${JSON.stringify(to)}.map(go)));`),
  ].join('\n');

/** A project in a folder that is gone after the test: its files can be written, and commands run in it. */
export const project = (files: Readonly<Record<string, string>>) => {
  const folder = mkdtempSync(join(tmpdir(), 'netaudit-policy-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  symlinkSync(modules, join(folder, 'node_modules'));
  const put = (name: string, content: string): void => {
    mkdirSync(dirname(join(folder, name)), { recursive: true });
    writeFileSync(join(folder, name), content);
  };
  for (const [name, content] of Object.entries({ 'package.json': '{ "type": "module" }', ...files })) put(name, content);
  const start = (words: readonly string[]): Promise<Ended> => run([process.execPath, ...words], folder);
  return {
    folder,
    put,
    /** Runs `netaudit` with these words. */
    netaudit: (...words: string[]) => start([cli, ...words]),
    /** Runs all tests, or those of the given files, under audit. */
    audit: (options: readonly string[], files: readonly string[] = []) =>
      start([cli, 'run', '--format', 'json', '--output', 'netaudit-report.json', ...options, '--', ...suite, ...files]),
    /** Runs all tests without the command line of netaudit. */
    suite: () => start(suite.slice(1)),
  };
};

const suite = [process.execPath, '--test', '--require', '@netaudit/node-test'];

const run = ([command = '', ...args]: readonly string[], cwd: string): Promise<Ended> => {
  const env = { ...process.env };
  for (const name of Object.keys(env)) if (/^(VITEST|NODE_ENV$|NODE_TEST_CONTEXT$|TEST$|CI$|GITHUB_)/.test(name)) delete env[name];
  const child = spawn(command, args, { cwd, env, stdio: ['ignore', 'pipe', 'pipe'] });
  const output = { stdout: '', stderr: '' };
  child.stdout.on('data', (chunk: Buffer) => (output.stdout += chunk.toString()));
  child.stderr.on('data', (chunk: Buffer) => (output.stderr += chunk.toString()));
  return new Promise((resolve) => child.once('close', (code) => resolve({ code, ...output })));
};
