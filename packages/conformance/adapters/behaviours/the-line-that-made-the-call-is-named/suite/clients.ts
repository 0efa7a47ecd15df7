import { spawn } from 'node:child_process';
import dgram from 'node:dgram';
import { once } from 'node:events';
import http from 'node:http';
import https from 'node:https';
import net from 'node:net';
import { Worker } from 'node:worker_threads';

type Reason = (value?: unknown) => void;

const settled = (start: (done: Reason) => { on(event: 'error' | 'close', done: Reason): unknown }): Promise<unknown> =>
  new Promise((done) => {
    start(done).on('error', done);
  });

export const viaNet = (port: number) => settled((done) => net.connect(port, '203.0.113.10').on('connect', done));

export const viaHttp = (port: number) => settled((done) => http.get({ host: '203.0.113.10', port }, done));

export const viaHttps = (port: number) => settled((done) => https.get({ host: '203.0.113.10', port }, done));

export async function viaFetch(port: number) {
  await fetch(`http://203.0.113.10:${port}/`).catch(() => null);
}

export const byName = (host: string) =>
  settled((done) => {
    const request = http.request({ host, agent: false }, (response) => {
      response.resume();
      response.on('end', done);
    });
    return request.end();
  });

export async function viaDatagram(port: number) {
  const socket = dgram.createSocket('udp4');
  await new Promise((done) => {
    socket.send('x', port, '203.0.113.10', done);
  });
  socket.close();
}

const script = (port: number) => `require('net').connect(${port}, '203.0.113.10').on('error', () => {})`;

export async function viaWorker(port: number) {
  await once(new Worker(script(port), { eval: true }), 'exit');
}

export async function viaChild(port: number) {
  await once(spawn('sh', ['-c', `"${process.execPath}" -e "${script(port)}"; true`], { stdio: 'ignore' }), 'exit');
}
