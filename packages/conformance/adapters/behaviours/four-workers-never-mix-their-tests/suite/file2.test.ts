import { spawnSync } from 'node:child_process';
import { connect } from './connect.js';
import { test } from './framework.js';

for (let index = 0; index < 30; index += 1) {
  const number = 2 * 30 + index;
  test(`number ${number}`, async () => {
    await connect(5000 + number);
    if (index % 5 === 0)
      spawnSync('curl', ['-s', '-m', '2', `http://203.0.113.11:${6000 + number}/`, '-o', '/dev/null', '--fail-early', '--retry', '0'], {
        stdio: 'ignore',
      });
  });
}
