import { describe, expect, test } from 'vitest';

describe('a suite', () => {
  test('passes', () => {});
  test('fails', () => expect(1).toBe(2));
  test.skip('is skipped', () => {});
  test.todo('is to be done');
});
