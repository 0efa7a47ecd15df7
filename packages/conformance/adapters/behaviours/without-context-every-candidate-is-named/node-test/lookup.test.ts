import { pbkdf2 } from 'node:crypto';
import dns from 'node:dns/promises';
import { describe, test } from 'node:test';

// getaddrinfo runs on a thread of libuv's pool, which works for both tests; it is busy until both have asked for the same name.
for (let thread = 0; thread < 4; thread += 1) pbkdf2('', '', 500_000, 64, 'sha512', () => {});

describe('together', { concurrency: true }, () => {
  for (const name of ['one', 'two']) {
    test(name, async () => {
      await dns.lookup(`slow.example.test`).catch(() => {});
      await new Promise((resolve) => setTimeout(resolve, 50));
    });
  }
});
