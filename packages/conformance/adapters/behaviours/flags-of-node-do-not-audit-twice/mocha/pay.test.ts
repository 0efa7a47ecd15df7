import { equal } from 'node:assert/strict';
import { connect } from './connect.js';

it('charges a card', async () => {
  equal(typeof globalThis.gc, 'function');
  await connect(4126);
});
it('is innocent', () => {});
