import { once } from 'node:events';
import { connect } from 'node:net';

const tryConnection = async (port) => {
  const socket = connect(port, '203.0.113.10');
  await once(socket, 'connect').catch(() => {});
  socket.destroy();
};

await tryConnection(4321);
test('connects', () => tryConnection(4322));
test('is innocent', () => {});
