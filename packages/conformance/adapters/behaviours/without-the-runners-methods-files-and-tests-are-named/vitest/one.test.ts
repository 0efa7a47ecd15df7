import { beforeAll, expect, test } from 'vitest';
import { connect } from './connect.js';

await connect(4201);
beforeAll(() => connect(4202));
test('one', async () => {
  await connect(4203);
  expect(1).toBe(1);
});
