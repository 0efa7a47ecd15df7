import { execFile } from 'node:child_process';
import dgram from 'node:dgram';
import dns from 'node:dns';
import { connect } from './connect.js';

/** Begins one connection in every way, each to a destination (or by a name) that only the test `number` has. */
export const everything = async (number: number): Promise<void> => {
  const port = 7000 + number;
  await sleep((number * 7) % 50);
  await Promise.all([connect(port), send(port), resolve(port), lookUp(number), get(port), startChild(port)]);
  await sleep(20);
};

const sleep = (ms: number): Promise<void> => new Promise((done) => setTimeout(done, ms));

const send = (port: number): Promise<void> =>
  new Promise((done) => {
    const socket = dgram.createSocket('udp4');
    socket.send('x', port, '203.0.113.11', () => socket.close(() => done()));
  });

const resolve = (port: number): Promise<void> =>
  new Promise((done) => {
    const resolver = new dns.Resolver({ timeout: 500, tries: 1 });
    resolver.setServers([`203.0.113.12:${port}`]);
    resolver.resolve4('example.test', () => done());
  });

const lookUp = (number: number): Promise<void> => new Promise((done) => dns.lookup(`n${number}.example.test`, () => done()));

const get = (port: number): Promise<unknown> => fetch(`http://203.0.113.13:${port}/`).catch(() => {});

const startChild = (port: number): Promise<void> =>
  new Promise((done) => {
    // Without BASH_ENV, which may make each shell start more.
    execFile('bash', ['-c', `exec 3<>/dev/tcp/203.0.113.14/${port}`], { env: { PATH: process.env.PATH } }, () => done());
  });
