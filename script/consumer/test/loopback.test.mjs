import { once } from 'node:events';
import { connect, createServer } from 'node:net';
import { expect, test } from 'vitest';

test('talks to its own server', async () => {
  const server = createServer((socket) => socket.end('hello')).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const [greeting] = await once(connect(server.address().port, '127.0.0.1'), 'data');
  expect(String(greeting)).toBe('hello');
  server.close();
});
