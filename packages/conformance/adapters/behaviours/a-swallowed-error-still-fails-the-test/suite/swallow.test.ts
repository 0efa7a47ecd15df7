import { test } from './framework.js';

test('swallows', async () => {
  await fetch('http://203.0.113.10:4002/').catch(() => {});
});
