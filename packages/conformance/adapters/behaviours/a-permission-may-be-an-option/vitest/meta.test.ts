import { describe, test } from 'vitest';
import { connect } from './connect.js';

test('is permitted', { meta: { netaudit: { allow: ['203.0.113.10:4140'], reason: 'the sandbox has no mock' } } }, async () => {
  await connect(4140);
});
test('is not permitted', async () => {
  await connect(4140);
});

describe('a suite', { meta: { netaudit: { allow: '203.0.113.10:4141', reason: 'the sandbox has no mock' } } }, () => {
  test('is permitted', async () => {
    await connect(4141);
  });
  test('does not need it', () => {});
});
