import { type TestOptions, test } from 'node:test';
import { connect } from './connect.js';

// Node 24.14 and newer; older ones have no such option, and the test fails by itself.
const expected = { expectFailure: true } as TestOptions;

test('throws as expected, and connects', expected, async () => {
  await connect(4092);
  throw new Error('expected');
});
test('only connects', expected, async () => {
  await connect(4093);
});
