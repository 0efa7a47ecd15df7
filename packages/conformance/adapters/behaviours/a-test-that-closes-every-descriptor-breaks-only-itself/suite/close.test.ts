import { closeSync, readdirSync } from 'node:fs';
import { connect } from './connect.js';
import { test } from './framework.js';

test('connects', () => connect(4376));
test('closes', async () => {
  for (const fd of readdirSync('/proc/self/fd').map(Number)) {
    try {
      if (fd > 2) closeSync(fd);
    } catch {}
  }
  await connect(4377);
});
