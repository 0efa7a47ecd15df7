import { test } from 'vitest';
import { connect } from './connect.js';

test('fails by itself and connects', async () => {
  await connect(4094);
  throw new Error('its own failure');
});
