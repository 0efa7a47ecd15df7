import dgram from 'node:dgram';
import { test } from './framework.js';

test('sends a metric', async () => {
  const socket = dgram.createSocket('udp4');
  await new Promise((resolve) => socket.send('x', 4080, '203.0.113.10', resolve));
  socket.close();
});
test('is innocent', () => {});
