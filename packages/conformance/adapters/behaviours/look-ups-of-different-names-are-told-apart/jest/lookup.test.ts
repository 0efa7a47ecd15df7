import dns from 'node:dns/promises';
import { test } from './framework.js';

const sleep = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));

// getaddrinfo runs on a thread of libuv's pool, which works for all of them; the first look-up is under way all the time.
test.concurrent('slow', async () => {
  await sleep(50);
  await dns.lookup('slow.example.test');
  await sleep(100);
});
test.concurrent('fast', async () => {
  await sleep(200);
  await dns.lookup('Api.Example.test.');
  await sleep(600);
});
test.concurrent('fetch', async () => {
  await sleep(350);
  await fetch('http://payments.example.test/').catch(() => {});
  await sleep(500);
});
test.concurrent('innocent', () => sleep(800));
