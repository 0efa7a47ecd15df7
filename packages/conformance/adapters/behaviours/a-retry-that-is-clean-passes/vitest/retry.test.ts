import { connect } from './connect.js';
import { test } from 'vitest';

let attempt = 0;
test('is flaky', { retry: 2 }, async () => {
  attempt += 1;
  if (attempt === 1) await connect(4090);
});
