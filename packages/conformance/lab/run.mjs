// node run.mjs FOLDER CMD [ARGS...]: serves the lab while CMD runs. Started by lab.sh, inside of the namespaces.
import { spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';

import { claimNamespace } from './namespace.mjs';
import { startServers } from './servers.mjs';

async function main([folder, command, ...args]) {
  const namespace = claimNamespace();
  process.on('uncaughtException', async (error) => {
    console.error(`lab.sh: a server of the lab failed: ${error.message}`);
    await namespace.endNeighbours();
    process.exit(LAB_FAILED);
  });
  const early = rememberSignal();
  await startServers(folder);
  const status = early.signal ? signalStatus(early.signal) : await runCommand(folder, command, args);
  await namespace.endNeighbours();
  process.exit(status);
}

// Listens to the end: with no listener for a moment, a signal in that moment would end the lab without CMD.
function rememberSignal() {
  const first = { signal: undefined };
  onSignal((signal) => {
    first.signal ??= signal;
  });
  return first;
}

// Resolves with CMD's exit status, as a shell would tell it.
function runCommand(folder, command, args) {
  return new Promise((resolve) => {
    const child = spawn(command, args, { stdio: 'inherit', env: environment(folder) });
    onSignal((signal) => {
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

function onSignal(act) {
  for (const signal of SIGNALS) process.on(signal, act);
}

// A terminal signals its whole foreground group, so CMD has had this one; a second would read as "stop at once".
function terminalSentIt(signal) {
  if (signal === 'SIGTERM') return false;
  const [, , group, , , foreground] = readFileSync('/proc/self/stat', 'latin1')
    .replace(/^.*\) /s, '')
    .split(' ');
  return group === foreground;
}

function signalStatus(signal) {
  return 128 + os.constants.signals[signal];
}

const SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP', 'SIGQUIT'];
const LAB_FAILED = 125;

main(process.argv.slice(2)).catch((error) => {
  console.error(`lab.sh: the lab did not start: ${error.message}`);
  process.exit(LAB_FAILED);
});
