import { once } from 'node:events';
import { connect } from 'node:net';
import { test } from 'node:test';

test('talks to the outside', async () => {
  const socket = connect(443, '198.51.100.1');
  socket.setTimeout(500);
  await Promise.race([once(socket, 'connect'), once(socket, 'timeout')]).catch(() => {});
  socket.destroy();
});
