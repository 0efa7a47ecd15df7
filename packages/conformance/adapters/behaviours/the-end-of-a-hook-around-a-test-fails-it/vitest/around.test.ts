import * as vitest from 'vitest';
import { connect } from './connect.js';

vitest.describe('one', () => {
  vitest.aroundEach(async (run) => {
    await run();
    await connect(4351);
  });
  vitest.test('is surrounded', () => {});
  vitest.test.fails('is surrounded too', () => {
    throw new Error('as expected');
  });
});
vitest.describe('two', () => {
  vitest.aroundAll(async (run) => {
    await run();
    await connect(4352);
  });
  vitest.test('is in a suite that is surrounded', () => {});
});
vitest.test('is clean', () => {});
