import fs from 'node:fs';
import { connect } from './connect.js';
import { test } from './framework.js';

const forge = (path: string): void => {
  try {
    fs.lchownSync(path, -1, -1);
  } catch {}
};
test('forges', () => {
  for (let n = 0; n < 1500; n += 1) forge(`/.netaudit/${'0'.repeat(32)}/${n}.0.1/e30`);
});
test('connects', () => connect(4371));
