import net from 'node:net';
import { describe, test } from 'node:test';

const sleep = (ms: number) => new Promise<void>((resolve) => setTimeout(resolve, ms));
const client = new net.Socket();

describe('together', { concurrency: true }, () => {
  test('connects', async () => {
    await new Promise<void>((resolve) => client.connect(80, 'slow.example.test', resolve));
    client.write('GET / HTTP/1.1\r\n');
    await sleep(300);
  });
  // The name is being looked up: what is written now is sent when the connection is there.
  test('writes before', async () => {
    await sleep(100);
    await new Promise<void>((resolve) => client.write('\r\n', () => resolve()));
  });
  test('ends it', async () => {
    await sleep(900);
    await new Promise<void>((resolve) => client.end('Host: example.test\r\n\r\n', resolve));
  });
  test('closes it', async () => {
    await sleep(1000);
    client.end();
  });
});
