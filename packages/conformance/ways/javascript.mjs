import { execFile, fork } from 'node:child_process';
import cluster from 'node:cluster';
import dgram from 'node:dgram';
import dns from 'node:dns/promises';
import { once } from 'node:events';
import http from 'node:http';
import http2 from 'node:http2';
import https from 'node:https';
import net from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import tls from 'node:tls';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { Worker } from 'node:worker_threads';

/** The ways that JavaScript takes; each is given its way, with `outside`, what stands outside of the audit. The listener never answers, and closes. */
export const takes = {
  fetch: ({ address, port }) => fetch(`http://${address}:${port}/`, { method: 'POST', body: 'way-fetch' }).catch(ignore),
  http: (way) => ended(http.request({ host: way.address, port: way.port, method: 'POST' }).end('way-http')),
  https: (way) => ended(https.request({ host: way.address, port: way.port, servername: 'way-https' }).end()),
  http2: async ({ address, port }) => {
    const session = http2.connect(`http://${address}:${port}`).on('error', ignore);
    session.request({ ':path': '/' }).on('error', ignore).end('way-http2');
    await once(session, 'close');
  },
  websocket: (way) =>
    ended(
      http
        .request({ host: way.address, port: way.port, path: '/way-websocket', headers: { connection: 'Upgrade', upgrade: 'websocket' } })
        .end(),
    ),
  net: (way) => connect(way),
  tls: (way) => ended(tls.connect({ host: way.address, port: way.port, servername: 'way-tls' })),
  dgram: (way) => datagram('way-dgram', (socket) => promisify(socket.send.bind(socket))('way-dgram', way.port, way.address)),
  'dgram-connected': (way) =>
    datagram('way-dgram-connected', async (socket) => {
      await promisify(socket.connect.bind(socket))(way.port, way.address);
      await promisify(socket.send.bind(socket))('way-dgram-connected');
    }),
  // The first bytes of a QUIC version 1 Initial packet (RFC 9000 §17.2.2).
  quic: (way) => {
    const packet = Buffer.alloc(1200);
    packet.set([0xc3, 0, 0, 0, 1, 8]);
    packet.write('way-quic', 6);
    return datagram('way-quic', (socket) => promisify(socket.send.bind(socket))(packet, way.port, way.address));
  },
  'dns-resolve': (way) => ask(way, 'way-dns-resolve.example.test'),
  'dns-lookup': async () => ({ answered: (await dns.lookup('api.example.test', { family: 4 })).address === '203.0.113.80' }),
  'dns-tunnel': (way) => ask(way, 'way-dns-tunnel.6d7973656372657464617461.example.test'),
  worker: async (way) => {
    const worker = new Worker(new URL('./guest.mjs', import.meta.url), { workerData: way });
    await once(worker, 'exit');
  },
  late: (way) => {
    setTimeout(() => connect(way).catch(ignore), 100);
  },
  accepted: async (way) => {
    const server = net.createServer((socket) => socket.on('error', ignore).end('way-accepted')).listen(way.port, '192.0.2.2');
    const [socket] = await once(server, 'connection');
    await once(socket, 'close');
    server.close();
  },
  door: (way) => ended(http.request({ socketPath: way.outside, path: '/way-door' }).end()),
  curl: (way) => run('curl', ['-s', '-m', '5', '-d', 'way-curl', `http://${way.address}:${way.port}/`]),
  fork: async (way) => {
    await once(fork(guest, [JSON.stringify(way)]), 'exit');
  },
  cluster: async (way) => {
    cluster.setupPrimary({ exec: guest, args: [JSON.stringify(way)] });
    await once(cluster.fork(), 'exit');
  },
  python: (way) => run('python3', ['-c', `import socket; socket.create_connection(('${way.address}', ${way.port})).send(b'way-python')`]),
  shell: (way) => run('bash', ['-c', `echo way-shell > /dev/tcp/${way.address}/${way.port}`]),
};

/** Sends the name of the way over TCP, and waits until the listener has closed. */
export const connect = ({ id, address, port }) => ended(net.connect(port, address).end(`way-${id}`).resume());

const ended = async (stream) => {
  stream.on('error', ignore);
  await once(stream, 'close');
};

const datagram = async (_, send) => {
  const socket = dgram.createSocket('udp4');
  await send(socket);
  socket.close();
};

const ask = async ({ address, port }, name) => {
  const resolver = new dns.Resolver({ timeout: 300, tries: 1 });
  resolver.setServers([`${address}:${port}`]);
  await resolver.resolve4(name).catch(ignore);
};

const run = async (program, args) => {
  await promisify(execFile)(program, args).catch(ignore);
  await sleep(0);
};

const ignore = () => undefined;
const guest = fileURLToPath(new URL('./guest.mjs', import.meta.url));
