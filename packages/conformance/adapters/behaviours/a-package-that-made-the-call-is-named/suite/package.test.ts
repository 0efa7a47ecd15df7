import { test } from './framework.js';
import { sell } from './shop/sell.js';

test('uses a package', async () => {
  if ((await sell()) !== 'sold') throw new Error('not sold');
});
test('is innocent', () => {});
