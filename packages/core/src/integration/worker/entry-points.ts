import dgram from 'node:dgram';
import { syncBuiltinESMExports } from 'node:module';
import net from 'node:net';
import { dns, http, https } from './builtins.js';
import type { Origins } from './origins.js';
import { wrapMethods } from './wrap.js';

/**
 * Wraps what user code calls, so that the origins know the place: when the handle connects at last, after a look-up or from a queue of
 * undici's, the stack holds only Node's own code. `net.connect`, `tls.connect` and `http2.connect` come by way of `Socket#connect`.
 */
export const hookEntryPoints = (origins: Origins): void => {
  wrapMethods(net.Socket.prototype, ['connect'], (call, args) => origins.enter(connectHost(args), call));
  wrapMethods(dgram.Socket.prototype, ['send', 'connect'], (call) => origins.enter(null, call));
  wrapMethods(http, ['request', 'get'], (call) => origins.enter(null, call));
  wrapMethods(https, ['request', 'get'], (call) => origins.enter(null, call));
  // Also called by net, dgram and undici, to look up the host they were given.
  wrapMethods(dns, ['lookup'], (call, [host]) => origins.enter(hostName(host), call));
  wrapMethods(dns.promises, ['lookup'], (call, [host]) => origins.enter(hostName(host), call));
  syncBuiltinESMExports();
};

/** Wraps the `fetch` of a global object, once; each vm context has one of its own. */
export const hookFetch = (global: object, origins: Origins): void => {
  if (!origins.isNewRealm(global)) return;
  wrapMethods(global, ['fetch'], (call) => origins.enter(null, call));
};

/** Of `connect(options)`, `connect(port, host)`, and of the array of these that net passes to itself. */
const connectHost = ([first, second]: readonly unknown[]): string | null => {
  const given: unknown = Array.isArray(first) ? first[0] : first;
  return hostName(typeof given === 'object' && given !== null ? (given as { host?: unknown }).host : second);
};

const hostName = (host: unknown): string | null => (typeof host === 'string' && host !== '' && net.isIP(host) === 0 ? host : null);
