import dgram from 'node:dgram';
import { syncBuiltinESMExports } from 'node:module';
import net from 'node:net';
import { childProcess, dns, workerThreads } from './builtins.js';
import { hookLookups } from './lookup.js';
import type { Recorder } from './recorder.js';
import { hookReuse } from './reuse.js';
import { wrapMethods } from './wrap.js';

/**
 * Wraps the lowest JavaScript layer at which Node begins connections, processes and threads, so that the recorder can say whose they are.
 * A hint, never the evidence: what is not wrapped is still in the trace.
 */
export const hookEgress = (recorder: Recorder): void => {
  const tcp = tcpPrototype();
  wrapAll(tcp, ['connect', 'connect6'], recorder, 'connection');
  if (tcp) hookReuse(tcp, recorder);
  wrapAll(udpPrototype(), ['send', 'send6', 'connect', 'connect6'], recorder, 'connection');
  wrapAll(resolverPrototype(), resolverMethods, recorder);
  wrapAll(childProcess.ChildProcess.prototype, ['spawn'], recorder);
  wrapAll(childProcess, ['spawnSync', 'execSync', 'execFileSync'], recorder);
  hookLookups(recorder);
  wrapWorker(recorder);
  syncBuiltinESMExports();
};

type Methods = Record<string, unknown>;

const wrapAll = (target: object | null, names: readonly string[], recorder: Recorder, what: 'connection' | 'other' = 'other'): void => {
  if (target) wrapMethods(target, names, (call) => recorder.attribute(call, what));
};

const wrapWorker = (recorder: Recorder): void => {
  workerThreads.Worker = new Proxy(workerThreads.Worker, {
    construct: (target, args, newTarget) => recorder.attribute(() => Reflect.construct(target, args, newTarget) as object, 'other'),
  });
};

/** Prototype of the TCP handle, by way of a socket that is bound to loopback and closed at once. */
const tcpPrototype = (): Methods | null => {
  const create = (net as unknown as { _createServerHandle?: (address: string, port: number, family: number) => unknown })
    ._createServerHandle;
  const handle = create?.('127.0.0.1', 0, 4);
  if (typeof handle !== 'object' || handle === null) return null;
  (handle as { close(): void }).close();
  return Object.getPrototypeOf(handle) as Methods;
};

/** Prototype of the UDP handle; the socket is never bound. */
const udpPrototype = (): Methods | null => {
  const socket = dgram.createSocket('udp4') as unknown as Record<symbol, { handle?: object } | undefined> & { close(): void };
  const symbol = Object.getOwnPropertySymbols(socket).find((candidate) => candidate.description === 'state symbol');
  const handle = symbol && socket[symbol]?.handle;
  const prototype = handle ? (Object.getPrototypeOf(handle) as Methods) : null;
  socket.close();
  return prototype;
};

/** Prototype of the c-ares channel, whose query methods send at once. */
const resolverPrototype = (): Methods | null => {
  const handle = (new dns.Resolver() as unknown as { _handle?: object })._handle;
  return handle ? (Object.getPrototypeOf(handle) as Methods) : null;
};

const resolverMethods = [
  ...['queryAny', 'queryA', 'queryAaaa', 'queryCaa', 'queryCname', 'queryMx', 'queryNs', 'queryTxt', 'queryTlsa'],
  ...['querySrv', 'queryPtr', 'queryNaptr', 'querySoa', 'getHostByAddr'],
];
