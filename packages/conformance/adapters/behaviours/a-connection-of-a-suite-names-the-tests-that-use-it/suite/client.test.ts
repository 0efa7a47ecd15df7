import net from 'node:net';
import { afterAll, beforeAll, describe, test } from './framework.js';

describe('with a client', () => {
  const client = new net.Socket();
  const ask = () =>
    new Promise((resolve) => {
      client.once('data', resolve);
      client.write('GET / HTTP/1.1\r\nHost: 203.0.113.80\r\n\r\n');
    });
  beforeAll(async () => {
    await new Promise<void>((resolve) => client.connect(80, '203.0.113.80', resolve));
  });
  afterAll(() => {
    client.destroy();
  });
  test('asks', ask);
  test('asks nothing', () => {});
  test('asks again', ask);
});
