import http from 'node:http';
import https from 'node:https';
import net from 'node:net';
import { test } from './framework.js';

const agents = { http: new http.Agent({ keepAlive: true }), https: new https.Agent({ keepAlive: true }) };
const raw = new net.Socket();

const get = (module: typeof http | typeof https, agent: http.Agent, url: string) =>
  new Promise<void>((resolve, reject) => {
    const request = module.get(url, { agent }, (response) => response.resume().on('end', () => setTimeout(resolve, 20)));
    request.on('error', reject);
  });

const ask = () =>
  new Promise((resolve) => {
    raw.once('data', resolve);
    raw.write('GET / HTTP/1.1\r\nHost: 203.0.113.80\r\n\r\n');
  });

/** Everything once: on a connection of its own the first time, on the same one from then on. */
const requests = async () => {
  await get(http, agents.http, 'http://203.0.113.80/');
  await get(https, agents.https, 'https://203.0.113.80/');
  await (await fetch('http://203.0.113.84/')).text();
  await ask();
};

test('opens', async () => {
  raw.connect(80, '2001:db8:1::80');
  await requests();
});
test('uses', requests);
test('is innocent', () => {});
test('uses too', async () => {
  await requests();
  agents.http.destroy();
  agents.https.destroy();
  raw.destroy();
});
