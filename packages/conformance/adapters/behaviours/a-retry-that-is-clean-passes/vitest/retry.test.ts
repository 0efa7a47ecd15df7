import { test } from 'vitest';
import { connect } from './connect.js';

let attempt = 0;
test('is flaky', { retry: 2 }, async () => {
  attempt += 1;
  if (attempt === 1) await connect(4090);
});
