import { once } from 'node:events';
import { type AddressInfo, createServer } from 'node:net';
import { expect, test } from 'vitest';
import { folderWith, netaudit } from './netaudit.js';

/** A program that serves on a port which the kernel chooses, connects to that, and to `port`. */
const program = (port: number): string => `const net = require('node:net');
const visit = (port) => new Promise((resolve) => net.connect(port, '127.0.0.1').on('close', resolve).on('error', () => undefined).resume());
const server = net.createServer((socket) => socket.end()).listen(0, '127.0.0.1', async () => {
  await visit(server.address().port);
  await visit(${port});
  server.close();
});`;

test.each([
  'loopback: own-servers\n',
  'includes_builtins: false\nallowlist: [{ preset: own-servers }, { family: AF_UNIX, path_glob: "*" }]\n',
])('a server of the run on whatever port is its own, one of somebody else is not (%j)', async (policy) => {
  const other = createServer((socket) => socket.end()).listen(0, '127.0.0.1');
  await once(other, 'listening');
  const { port } = other.address() as AddressInfo;
  const cwd = folderWith({ 'netaudit.yaml': `version: 1\n${policy}`, 'a.cjs': program(port) });
  const { code, stderr } = await netaudit(['run', '--keep-trace', 'trace', '--', process.execPath, 'a.cjs'], { cwd });
  other.close();
  expect(code).toBe(1);
  expect(stderr.match(/AF_INET 127\.0\.0\.1:\d+/g)).toEqual([`AF_INET 127.0.0.1:${port}`]);
  const replayed = await netaudit(['analyze', 'trace'], { cwd });
  expect(replayed.stdout.match(/AF_INET 127\.0\.0\.1:\d+/g)).toEqual([`AF_INET 127.0.0.1:${port}`]);
});
