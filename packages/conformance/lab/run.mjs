// node run.mjs FOLDER CMD [ARGS...]: serves the lab while CMD runs. Started by lab.sh, inside of the namespaces.
import { spawn } from 'node:child_process';
import { readdirSync, readFileSync, statSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

import { startServers } from './servers.mjs';

async function main([folder, command, ...args]) {
  const stop = new AbortController();
  const early = listenForSignals((signal) => stop.abort(signal));
  await startServers(folder);
  early();
  const status = stop.signal.aborted ? signalStatus(stop.signal.reason) : await runCommand(folder, command, args);
  await endLeftovers();
  process.exit(status);
}

// Resolves with CMD's exit status, as a shell would tell it.
function runCommand(folder, command, args) {
  return new Promise((resolve) => {
    const child = spawn(command, args, { stdio: 'inherit', env: environment(folder) });
    listenForSignals((signal) => {
      if (!terminalSentIt(signal)) child.kill(signal);
    });
    child.on('error', (error) => {
      console.error(`lab.sh: cannot run ${command}: ${error.message}`);
      resolve(error.code === 'ENOENT' ? 127 : 126);
    });
    child.on('exit', (code, signal) => resolve(code ?? signalStatus(signal)));
  });
}

function environment(folder) {
  const authority = path.join(folder, 'ca.pem');
  return {
    ...process.env,
    NETAUDIT_LAB: '1',
    NETAUDIT_LAB_CA: authority,
    NODE_EXTRA_CA_CERTS: authority,
    SSL_CERT_FILE: authority,
    CURL_CA_BUNDLE: authority,
  };
}

function listenForSignals(act) {
  for (const signal of SIGNALS) process.on(signal, act);
  return () => {
    for (const signal of SIGNALS) process.off(signal, act);
  };
}

// A terminal signals its whole foreground group, so CMD has had this one; a second would read as "stop at once".
function terminalSentIt(signal) {
  if (signal === 'SIGTERM') return false;
  const [, , group, , , foreground] = readFileSync('/proc/self/stat', 'latin1').replace(/^.*\) /s, '').split(' ');
  return group === foreground;
}

function signalStatus(signal) {
  return 128 + os.constants.signals[signal];
}

async function endLeftovers() {
  for (const signal of ['SIGTERM', 'SIGKILL']) {
    for (const pid of neighbours()) tryKill(pid, signal);
    for (let waited = 0; waited < 500 && neighbours().length > 0; waited += 10) await sleep(10);
  }
}

// The other living processes of this network namespace.
function neighbours() {
  return readdirSync('/proc')
    .map(Number)
    .filter((pid) => pid > 0 && pid !== process.pid && isNeighbour(pid));
}

function isNeighbour(pid) {
  try {
    return statSync(`/proc/${pid}/ns/net`).ino === statSync('/proc/self/ns/net').ino;
  } catch {
    return false; // ended, a zombie, or not ours to look at
  }
}

function tryKill(pid, signal) {
  try {
    process.kill(pid, signal);
  } catch {
    // ended in the meantime
  }
}

const SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP', 'SIGQUIT'];

process.on('uncaughtException', async (error) => {
  console.error(`lab.sh: a server of the lab failed: ${error.message}`);
  await endLeftovers();
  process.exit(125);
});
await main(process.argv.slice(2));
