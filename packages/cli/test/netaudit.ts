import { spawn } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { onTestFinished } from 'vitest';

export type Ended = { readonly code: number | null; readonly stdout: string; readonly stderr: string };

type Given = { readonly cwd?: string; readonly input?: string | Buffer; readonly env?: NodeJS.ProcessEnv };

export const bin = fileURLToPath(new URL('../dist/main.js', import.meta.url));
if (!existsSync(bin)) throw new Error('build the package first: the tests run what users run');

/** Runs the built program and waits for its end. */
export const netaudit = (args: readonly string[], { cwd = emptyFolder(), input = '', env }: Given = {}): Promise<Ended> => {
  const child = spawn(process.execPath, [bin, ...args], { cwd, env: { ...process.env, ...noCi, ...env } });
  const output = { stdout: '', stderr: '' };
  child.stdout.on('data', (chunk: Buffer) => (output.stdout += chunk.toString()));
  child.stderr.on('data', (chunk: Buffer) => (output.stderr += chunk.toString()));
  child.stdin.on('error', () => undefined).end(input);
  return new Promise((resolve) => child.once('close', (code) => resolve({ code, ...output })));
};

/** Where these tests run is not what they are about. */
const noCi = { GITHUB_ACTIONS: undefined, GITLAB_CI: undefined, GITHUB_STEP_SUMMARY: undefined };

/** The last line of a text report, whatever its run is called. */
export const lastLine = (words: string): string => `netaudit: ${words} run=ID\n`;

/** A text report with the run's id replaced. */
export const withoutId = (text: string): string => text.replace(/ run=[\w-]+\n$/, ' run=ID\n');

/** A folder that is gone after the test, with these files in it. */
export const folderWith = (files: Readonly<Record<string, string>>): string => {
  const folder = mkdtempSync(join(tmpdir(), 'netaudit-cli-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  for (const [name, content] of Object.entries(files)) writeFileSync(join(folder, name), content);
  return folder;
};

const emptyFolder = (): string => folderWith({});

/** A command that connects to a closed port of loopback, prints, and exits with a code. */
export const connecting = (code = 0): string[] => [
  process.execPath,
  '-e',
  `require('net').connect(9, '127.0.0.1').on('error', () => { console.log('from the command'); process.exit(${code}); })`,
];

/** An allowlist under which loopback is a violation. */
export const NOTHING_ALLOWED =
  'version: 1\nincludes_builtins: false\nallowlist:\n  - {family: AF_UNIX, path_glob: "*"}\n  - {family: AF_NETLINK}\n';

/** A policy that says nothing of the refused port. */
export const QUIET = 'version: 1\nfindings: { refused-loopback: off }\n';
