import { test } from 'vitest';
import { connect } from './connect.js';

test.fails('throws as expected, and connects', async () => {
  await connect(4092);
  throw new Error('expected');
});
test.fails('only connects', async () => {
  await connect(4093);
  throw new Error('expected');
});
