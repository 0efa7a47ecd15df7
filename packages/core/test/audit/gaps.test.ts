import { expect, test } from 'vitest';
import { Gaps } from '../../src/audit/gaps.js';

test('gaps that say the same are one, with a count; those of different lines are not', () => {
  const gaps = new Gaps();
  for (let n = 0; n < 3; n += 1) gaps.push({ kind: 'forged', reason: 'a marker of another run (pid 7)' });
  gaps.push({ kind: 'forged', reason: 'a marker of another run (pid 8)' });
  for (const line of [1, 2]) gaps.push({ kind: 'unread', reason: 'cut off', line });
  expect(gaps.list).toEqual([
    { kind: 'forged', reason: 'a marker of another run (pid 7)', count: 3 },
    { kind: 'forged', reason: 'a marker of another run (pid 8)' },
    { kind: 'unread', reason: 'cut off', line: 1 },
    { kind: 'unread', reason: 'cut off', line: 2 },
  ]);
  expect([gaps.count('forged'), gaps.count('unread'), gaps.count('lost')]).toEqual([4, 2, 0]);
});

test('a thousand different gaps of a kind are listed, the others counted', () => {
  const gaps = new Gaps();
  for (let n = 0; n < 1500; n += 1) gaps.push({ kind: 'forged', reason: `pid ${n}` });
  gaps.push({ kind: 'forged', reason: 'pid 3' });
  expect(gaps.list).toHaveLength(1001);
  expect(gaps.list[3]).toEqual({ kind: 'forged', reason: 'pid 3', count: 2 });
  expect(gaps.list.at(-1)).toEqual({ kind: 'forged', reason: '500 more that are not listed' });
});
