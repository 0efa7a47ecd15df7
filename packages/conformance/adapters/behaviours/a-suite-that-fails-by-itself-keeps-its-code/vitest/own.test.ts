import { test } from 'vitest';

test('fails', () => {
  throw new Error('its own failure');
});
test('passes', () => {});
