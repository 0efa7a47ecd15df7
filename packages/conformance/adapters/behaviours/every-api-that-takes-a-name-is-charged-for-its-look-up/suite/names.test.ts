import dgram from 'node:dgram';
import dns from 'node:dns';
import { lookup } from 'node:dns/promises';
import http from 'node:http';
import http2 from 'node:http2';
import https from 'node:https';
import net from 'node:net';
import tls from 'node:tls';
import { promisify } from 'node:util';
import { test } from './framework.js';

const name = 'v4only.example.test';

/** Each begins something that needs an address for the name, and waits until it is over. */
const uses: Readonly<Record<string, () => Promise<unknown>>> = {
  'dns.lookup': () => new Promise((resolve) => dns.lookup(name, 4, resolve)),
  'dns.promises.lookup': () => lookup(name, { family: 4 }),
  'promisify(dns.lookup)': () => promisify(dns.lookup)(name, { family: 4, all: true }),
  'net.connect': () =>
    over(
      net.connect({ host: name, port: 80, family: 4 }, function end(this: net.Socket) {
        this.destroy();
      }),
    ),
  'tls.connect': () =>
    over(
      tls.connect({ host: name, port: 443, family: 4, servername: 'example.test' }, function end(this: net.Socket) {
        this.destroy();
      }),
    ),
  'http.get': () => over(http.get({ host: name, family: 4 }, (response) => response.resume())),
  'https.get': () => over(https.get({ host: name, family: 4, servername: 'example.test' }, (response) => response.resume())),
  fetch: async () => (await fetch(`http://${name}/`)).text(),
  'http2.connect': () => {
    const session = http2.connect(`http://${name}`, { family: 4 } as object, () => session.destroy());
    return over(session);
  },
  dgram: () => {
    const socket = dgram.createSocket('udp4');
    return new Promise((resolve) => socket.send('x', 9, name, resolve)).finally(() => socket.close());
  },
};

const over = (emitter: NodeJS.EventEmitter) =>
  new Promise<void>((resolve) => {
    emitter.on('close', resolve).on('error', () => resolve());
  });

for (const [api, use] of Object.entries(uses)) {
  test(api, async () => {
    await use();
  });
}
