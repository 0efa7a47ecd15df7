// Outside of the audit: takes what comes on the port of each way, over TCP and UDP, and writes down how much. Arguments: PLAN RECORD.
import dgram from 'node:dgram';
import { once } from 'node:events';
import { appendFileSync, readFileSync } from 'node:fs';
import net from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';

const [plan, record] = process.argv.slice(2);
const { ways, socket } = JSON.parse(readFileSync(plan, 'utf8'));

const note = (title, bytes) => appendFileSync(record, `${JSON.stringify({ title, bytes })}\n`);

const take = (title) => (connection) => {
  connection.on('error', () => undefined);
  connection.on('data', (chunk) => note(title, chunk.length));
  // Long enough for what belongs together; a client that waits for an answer goes on.
  connection.once('data', () => setTimeout(() => connection.destroy(), 300));
};

const listen = async ({ title, port }) => {
  await once(net.createServer(take(title)).listen(port, '0.0.0.0'), 'listening');
  const datagrams = dgram.createSocket('udp4').on('message', (message) => note(title, message.length));
  await once(datagrams.bind(port, '0.0.0.0'), 'listening');
};

/** Comes from an address of its own, as another machine would. */
const visit = async ({ title, port }) => {
  for (let tries = 0; tries < 600; tries += 1) {
    const connection = net.connect({ host: '192.0.2.2', port, localAddress: '203.0.113.250' });
    connection.on('error', () => undefined);
    connection.on('data', (chunk) => note(title, chunk.length));
    if (await new Promise((resolve) => connection.on('connect', () => resolve(true)).on('close', () => resolve(false)))) return;
    await sleep(100);
  }
};

await Promise.all(ways.filter(({ id }) => id !== 'accepted').map(listen));
const door = ways.find(({ id }) => id === 'door');
if (door) await once(net.createServer(take(door.title)).listen(socket), 'listening');
for (const way of ways.filter(({ id }) => id === 'accepted')) void visit(way);
process.stdout.write('ready\n');
