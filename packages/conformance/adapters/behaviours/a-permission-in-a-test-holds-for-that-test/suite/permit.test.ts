import { connect } from './connect.js';
import { describe, test } from './framework.js';

describe('payments', () => {
  // netaudit-allow 203.0.113.10:4110 the sandbox has no mock
  test('is permitted', async () => {
    await connect(4110);
  });

  test('is permitted inside', async () => {
    await connect(4110); // netaudit-allow 203.0.113.0/24:* the whole sandbox
  });

  test('is not permitted', async () => {
    await connect(4110);
  });

  test('is permitted elsewhere', async () => {
    /* netaudit-allow 203.0.113.10:4111 another port */
    await connect(4112);
  });

  // netaudit-allow 203.0.113.10:4113 not run, so not unused
  test.skip('is skipped', async () => {
    await connect(4113);
  });

  test('says // netaudit-allow 203.0.113.10:4110 in a string', async () => {
    await connect(4114);
  });
});
