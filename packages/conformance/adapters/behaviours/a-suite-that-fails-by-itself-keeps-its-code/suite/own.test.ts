import { test } from './framework.js';

test('fails', () => {
  throw new Error('its own failure');
});
test('passes', () => {});
