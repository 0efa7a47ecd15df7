import { promisify } from 'node:util';
import { expect, test } from 'vitest';
import { wrapMethods } from '../../src/integration/worker/wrap.js';

test('a wrapper looks and works like what it wraps', async () => {
  function lookup(this: unknown, a: number, b: number) {
    return [this, a, b];
  }
  const own = async () => 'own';
  const target = { lookup: Object.assign(lookup, { [promisify.custom]: own, extra: 1 }), missing: undefined };
  const seen: unknown[] = [];
  wrapMethods(target, ['lookup', 'missing', 'absent'], (call, args) => {
    seen.push(args);
    return call();
  });
  expect(target.lookup).not.toBe(lookup);
  expect(target.lookup(1, 2)).toEqual([target, 1, 2]);
  expect(seen).toEqual([[1, 2]]);
  expect([target.lookup.name, target.lookup.length, target.lookup.extra]).toEqual(['lookup', 2, 1]);
  expect(await promisify(target.lookup as unknown as (done: () => void) => void)()).toBe('own');
  expect(Object.keys(target)).toEqual(['lookup', 'missing']);
});

test('what it throws is thrown', () => {
  const target = {
    fail: () => {
      throw new RangeError('no');
    },
  };
  wrapMethods(target, ['fail'], (call) => call());
  expect(() => target.fail()).toThrow(RangeError);
});
