import { readdirSync, statSync } from 'node:fs';
import os from 'node:os';
import { setTimeout as sleep } from 'node:timers/promises';

/**
 * Claims this network namespace for the lab; throws when anything but the lab lives in it. Returns how to end what has
 * come to live in it since. Only a claim can end processes: as we were alone, whatever is here later was started by us.
 */
export function claimNamespace() {
  const strange = Object.keys(os.networkInterfaces()).filter((name) => !LAB_INTERFACES.includes(name));
  if (strange.length > 0) throw new Error(`this network has an interface that is not the lab's: ${strange.join(', ')}`);
  const present = neighbours();
  if (present.length > 0) throw new Error(`this network is used by other processes: ${present.join(', ')}`);
  return { endNeighbours };
}

async function endNeighbours() {
  for (const signal of ['SIGTERM', 'SIGKILL']) {
    for (const pid of neighbours()) endProcess(pid, signal);
    for (let waited = 0; waited < GRACE_MS && neighbours().length > 0; waited += POLL_MS) await sleep(POLL_MS);
  }
}

// The other living processes of this network namespace.
function neighbours() {
  const own = statSync('/proc/self/ns/net');
  return readdirSync('/proc')
    .map(Number)
    .filter((pid) => pid > 0 && pid !== process.pid && livesIn(own, pid));
}

function livesIn(namespace, pid) {
  try {
    const { dev, ino } = statSync(`/proc/${pid}/ns/net`);
    return dev === namespace.dev && ino === namespace.ino;
  } catch {
    return false; // it ended, or is a zombie, or is not ours to look at
  }
}

function endProcess(pid, signal) {
  try {
    process.kill(pid, signal);
  } catch {
    // it ended in the meantime
  }
}

const LAB_INTERFACES = ['lo', 'lab0', 'lab0peer'];
const GRACE_MS = 500;
const POLL_MS = 10;
