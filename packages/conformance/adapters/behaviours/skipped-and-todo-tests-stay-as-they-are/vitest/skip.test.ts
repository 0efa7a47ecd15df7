import { describe, test } from 'vitest';
import { connect } from './connect.js';

test.skip('is skipped', () => connect(4301));
test.todo('is to be done');
describe.skip('a suite that is skipped', () => {
  test('inside', () => connect(4302));
});
test('skips itself after it has connected', async ({ skip }) => {
  await connect(4303);
  skip();
});
test('passes', () => {});
