import { setTimeout as sleep } from 'node:timers/promises';
import { test } from 'vitest';
import { connect } from './connect.js';

for (const name of ['left', 'right']) {
  test.concurrent(name, async () => {
    await sleep(50);
    if (name === 'right') await connect(4204);
    await sleep(50);
  });
}
