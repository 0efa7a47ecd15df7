import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import path from 'node:path';

import { serveDns } from './dns.mjs';
import { serveEcho, serveNothing, serveReset, serveSilence } from './web.mjs';

/** Starts every server of the lab; resolves when all are listening. `folder` holds the certificate. */
export async function startServers(folder) {
  const certificate = { key: await readFile(path.join(folder, 'key.pem')), cert: await readFile(path.join(folder, 'cert.pem')) };
  await Promise.all([
    serveDns(reachable(['192.0.2.53', '2001:db8::53'])),
    serveEcho(reachable(['203.0.113.80', '2001:db8:1::80']), certificate),
    serveReset(reachable(['203.0.113.82', '2001:db8:1::82'])),
    serveSilence(reachable(['203.0.113.83', '2001:db8:1::83'])),
    serveNothing(reachable(['203.0.113.84', '2001:db8:1::84'])),
  ]);
}

function reachable(addresses) {
  const hasIPv6 = existsSync('/proc/net/if_inet6');
  return addresses.filter((address) => hasIPv6 || !address.includes(':'));
}
