import { expect, test } from 'vitest';
import { fuzzOptions } from '../fuzz-task.mjs';

test('a time and a seed are taken, and have defaults', () => {
  expect(fuzzOptions([])).toEqual({ seconds: 60, seed: '' });
  expect(fuzzOptions(['--seconds', '5', '--seed=-17/0:1:2'])).toEqual({ seconds: 5, seed: '-17/0:1:2' });
});

test.each([[['--seconds', 'x']], [['--seconds', '0']], [['--seed', 'x']], [['--second', '5']], [['5']]])('%j is refused', (args) => {
  expect(() => fuzzOptions(args)).toThrow(/--seconds|--seed/);
});
