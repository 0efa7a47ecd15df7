import fs from 'node:fs';
import { syncBuiltinESMExports } from 'node:module';
import { mock } from 'node:test';
import { connect } from './connect.js';

beforeEach(() => {
  mock.timers.enable({ apis: ['setTimeout', 'setInterval', 'setImmediate', 'Date'] });
  mock.method(fs, 'lchownSync', () => {});
  mock.method(fs, 'readSync', () => 0);
  mock.method(performance, 'now', () => 0);
  syncBuiltinESMExports();
});
afterEach(() => {
  mock.reset();
  syncBuiltinESMExports();
});
it('connects under fake timers', async () => {
  await connect(4095);
});
it('is innocent', () => {});
