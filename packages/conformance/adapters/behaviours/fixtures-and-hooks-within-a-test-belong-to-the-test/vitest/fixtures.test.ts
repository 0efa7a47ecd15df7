import * as vitest from 'vitest';
import { connect } from './connect.js';

const test = vitest.test.extend<{ account: string }>({
  // biome-ignore lint/correctness/noEmptyPattern: Vitest reads the parameters from the source
  account: async ({}, use) => {
    await connect(4311);
    await use('account');
    await connect(4312);
  },
});
// From Vitest 4.1.
const aroundEach = Reflect.get(vitest, 'aroundEach') as undefined | ((body: (run: () => Promise<void>) => Promise<void>) => void);

vitest.describe('one', () => {
  vitest.beforeEach(({ onTestFinished }) => {
    onTestFinished(() => connect(4313));
  });
  test('uses a fixture', ({ account }) => vitest.expect(account).toBe('account'));
});
vitest.describe('two', () => {
  aroundEach?.(async (run) => {
    await connect(4314);
    await run();
  });
  if (!aroundEach) vitest.beforeEach(() => connect(4314));
  test('is wrapped', () => {});
});
test('is clean', () => {});
