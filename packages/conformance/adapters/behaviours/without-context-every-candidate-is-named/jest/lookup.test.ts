import dns from 'node:dns/promises';
import { test } from './framework.js';

// getaddrinfo runs on a thread of libuv's pool, which works for both tests.
for (const name of ['one', 'two']) {
  test.concurrent(name, async () => {
    await new Promise((resolve) => setTimeout(resolve, 50));
    await dns.lookup(`slow.example.test`).catch(() => {});
    await new Promise((resolve) => setTimeout(resolve, 50));
  });
}
