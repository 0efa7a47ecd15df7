import { type ChildProcess, spawn } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { chmodSync, cpSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { text } from 'node:stream/consumers';

export type Identity = 'root' | 'nobody' | 'caller';

/** Who the lab can be started as here: root also tries as nobody, anybody else only as himself. */
export const identities: readonly Identity[] = process.getuid?.() === 0 ? ['root', 'nobody'] : ['caller'];

/** A copy of the lab that everybody may read, with an empty folder for temporary files; `start` runs a command in it. */
export function copyLab() {
  const folder = mkdtempSync(path.join(os.tmpdir(), 'netaudit-lab-test-'));
  const temporary = path.join(folder, 'tmp');
  chmodSync(folder, 0o755);
  cpSync(LAB, path.join(folder, 'lab'), { recursive: true });
  cpSync(path.join(import.meta.dirname, 'destinations.mjs'), path.join(folder, 'destinations.mjs'));
  mkdirSync(temporary);
  chmodSync(temporary, 0o777);
  return {
    start: (identity: Identity, words: readonly string[]) => start(folder, [...become[identity], LAB_COMMAND, ...words]),
    become: (identity: Identity) => become[identity],
    startWords: (words: readonly string[]) => start(folder, words),
    temporaryFiles: () => readdirSync(temporary),
    scratchFiles: () => readdirSync(path.join(folder, 'lab', 'scratch')),
    remove: () => rmSync(folder, { recursive: true }),
  };
}

// Every process of this run carries a token in its environment, so that a leftover can be told from a bystander.
function start(folder: string, [command = '', ...args]: readonly string[]) {
  const token = randomUUID();
  const env = { ...process.env, HOME: folder, TMPDIR: path.join(folder, 'tmp'), NETAUDIT_LAB_TEST: token };
  const child = spawn(command, args, { cwd: folder, env });
  return { child, ended: collect(child), leftovers: () => processesWith(token) };
}

async function collect(child: ChildProcess) {
  const [stdout, stderr, [status, signal]] = await Promise.all([text(child.stdout!), text(child.stderr!), once(child, 'exit')]);
  return { status: status as number | null, signal: signal as string | null, stdout, stderr };
}

function processesWith(token: string): string[] {
  return readdirSync('/proc').filter((name) => /^\d+$/.test(name) && environmentOf(name).includes(token));
}

function environmentOf(pid: string): string {
  try {
    return readFileSync(`/proc/${pid}/environ`, 'latin1');
  } catch {
    return ''; // it ended, or belongs to somebody else
  }
}

/** The words that hide one tool from a command: a folder of links to all tools but this is its whole PATH. */
export function without(tool: string): string[] {
  const links = TOOLS.filter((name) => name !== tool).map((name) => `ln -s "$(command -v ${name})" "$d/${name}"`);
  const script = `PATH=$PATH:/usr/sbin:/sbin; d=$(mktemp -d); ${links.join('; ')}; PATH=$d "$@"; s=$?; rm -r "$d"; exit $s`;
  return ['sh', '-c', script, 'sh'];
}

const LAB = path.join(import.meta.dirname, '..', 'lab');
const TOOLS = ['bash', 'env', 'readlink', 'dirname', 'id', 'node', 'unshare', 'mount', 'setpriv', 'ip', 'openssl'];
const LAB_COMMAND = 'lab/lab.sh';
const become = {
  root: [],
  caller: [],
  nobody: ['setpriv', '--reuid', '65534', '--regid', '65534', '--clear-groups'],
} satisfies Record<Identity, string[]>;
