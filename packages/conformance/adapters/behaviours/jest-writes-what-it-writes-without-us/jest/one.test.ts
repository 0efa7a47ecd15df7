import { spawnSync } from 'node:child_process';
import { amount } from './amount.js';
import { expect, test } from './framework.js';

console.log('printed while the file is loaded');
test('tells an amount', () => expect(amount(5)).toBe('5'));
test('has a snapshot', () => expect({ amount: 5, at: ['here', 'there'] }).toMatchSnapshot());
test('prints', () => {
  console.log('to stdout\twith a tab');
  console.error('to stderr');
  process.stdout.write('without a line break');
  spawnSync('sh', ['-c', 'echo from a child; echo from a child >&2'], { stdio: 'inherit' });
});
test('fails by itself', () => expect({ a: 1 }).toEqual({ a: 2 }));
