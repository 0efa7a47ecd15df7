import { accessSync, constants } from 'node:fs';
import { delimiter, join } from 'node:path';
import { run } from './run.mjs';
import { Stop, say } from './steps.mjs';

/**
 * Checks that the programs which tests and demo start are there; as root with apt-get installs what is missing, else says what to type.
 * The browser is for those who look at pages only: it is large.
 */
export async function provideSystemTools(env, { browser = false } = {}) {
  if (process.platform !== 'linux')
    throw new Stop(`netaudit reads Linux system calls; this is ${process.platform}. Use a Linux machine or container.`);
  const missing = missingPrograms(env.PATH, { browser });
  if (missing.length === 0) return;
  if (process.getuid() !== 0 || find('apt-get', env.PATH) === null) throw new Stop(advice(missing, env.PATH));
  say(`install ${packagesOf(missing)} (missing: ${namesOf(missing)})`);
  const log = await aptInstall(packagesOf(missing).split(' '), env);
  const still = missingPrograms(env.PATH, { browser });
  if (still.length > 0) throw new Stop(log + advice(still, env.PATH));
}

/** What to type, for programs that are not there. */
export function advice(missing, path) {
  const packages = packagesOf(missing);
  if (find('apt-get', path) === null)
    return `Missing: ${namesOf(missing)}. Install them (Debian's packages are called: ${packages}), then run this again.`;
  const sudo = process.getuid() === 0 ? '' : 'sudo ';
  return `Missing: ${namesOf(missing)}. Type:\n\n  ${sudo}apt-get update && ${sudo}apt-get install -y --no-install-recommends ${packages}\n\nthen run this again.`;
}

/** The programs of the tables below that are not in `path`. */
export function missingPrograms(path, { browser = false } = {}) {
  const wanted = browser ? [...programs, ...browsers] : programs;
  return wanted.filter(({ name, or = [] }) => [name, ...or].every((known) => find(known, path) === null));
}

/** The path of the browser, or null. */
export const browserIn = (path) =>
  [browsers[0].name, ...browsers[0].or].map((name) => find(name, path)).find((file) => file !== null) ?? null;

async function aptInstall(packages, env) {
  const options = { env: { ...env, DEBIAN_FRONTEND: 'noninteractive' }, capture: true };
  const update = await run('apt-get', ['update'], options);
  const install = await run('apt-get', ['install', '-y', '--no-install-recommends', ...packages], options);
  return install.code === 0 ? '' : update.output + install.output;
}

const packagesOf = (missing) => [...new Set(missing.map((program) => program.package))].join(' ');
const namesOf = (missing) => missing.map(({ name }) => name).join(', ');

function find(name, path = '') {
  const candidates = path.split(delimiter).map((folder) => join(folder, name));
  return candidates.find(isExecutable) ?? null;
}

function isExecutable(file) {
  try {
    accessSync(file, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

// strace is what netaudit stands on; the rest is for the laboratory network (packages/conformance/lab) and for tests with a terminal.
const programs = [
  { name: 'strace', package: 'strace' },
  { name: 'ip', package: 'iproute2' },
  { name: 'unshare', package: 'util-linux' },
  { name: 'setpriv', package: 'util-linux' },
  { name: 'mount', package: 'mount' },
  { name: 'script', package: 'bsdutils' },
  { name: 'openssl', package: 'openssl' },
  { name: 'curl', package: 'curl' },
  { name: 'ps', package: 'procps' },
];

// For the tests of the page (packages/page).
const browsers = [{ name: 'chromium', or: ['chromium-browser', 'google-chrome'], package: 'chromium' }];
