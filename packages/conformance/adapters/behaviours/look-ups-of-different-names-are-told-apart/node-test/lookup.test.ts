import dns from 'node:dns/promises';
import { describe, test } from 'node:test';

const sleep = (ms: number) => new Promise<void>((resolve) => setTimeout(resolve, ms));

// getaddrinfo runs on a thread of libuv's pool, which works for all of them; the first look-up is under way all the time.
describe('together', { concurrency: true }, () => {
  test('slow', async () => {
    await sleep(50);
    await dns.lookup('slow.example.test');
    await sleep(100);
  });
  test('fast', async () => {
    await sleep(200);
    await dns.lookup('Api.Example.test.');
    await sleep(600);
  });
  test('fetch', async () => {
    await sleep(350);
    await fetch('http://payments.example.test/').catch(() => {});
    await sleep(500);
  });
  test('innocent', () => sleep(800));
});
