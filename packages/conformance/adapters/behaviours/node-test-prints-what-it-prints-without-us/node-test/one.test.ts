import { spawnSync } from 'node:child_process';
import { amount } from './amount.js';
import { expect, test } from './framework.js';

console.log('printed while the file is loaded');
test('tells an amount', () => expect.equal(amount(5), '5'));
test('prints', () => {
  console.log('to stdout\twith a tab');
  console.error('to stderr');
  spawnSync('sh', ['-c', 'echo from a child; echo from a child >&2'], { stdio: 'inherit' });
});
test.skip('is skipped', () => {});
