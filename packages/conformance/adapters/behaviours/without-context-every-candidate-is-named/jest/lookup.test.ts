import { pbkdf2 } from 'node:crypto';
import dns from 'node:dns/promises';
import { test } from './framework.js';

let begin = (): void => {};
const bothBegun = new Promise<void>((resolve) => {
  begin = resolve;
});

const lookUp = async () => {
  await bothBegun;
  await dns.lookup('slow.example.test').catch(() => {});
  await new Promise((resolve) => setTimeout(resolve, 50));
};

// getaddrinfo runs on a thread of libuv's pool, which works for both tests. It is busy until both have asked for the same name.
test.concurrent('one', lookUp);
test.concurrent('two', async () => {
  for (let thread = 0; thread < 4; thread += 1) pbkdf2('', '', 100_000, 64, 'sha512', () => {});
  begin();
  await lookUp();
});
