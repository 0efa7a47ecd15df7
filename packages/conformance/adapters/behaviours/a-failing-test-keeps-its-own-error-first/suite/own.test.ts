import { connect } from './connect.js';
import { test } from './framework.js';

test('fails by itself and connects', async () => {
  await connect(4094);
  throw new Error('its own failure');
});
