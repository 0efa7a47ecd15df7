import { connect } from './connect.js';
import { describe, test } from './framework.js';

describe('payments', () => {
  test('charges a card', () => connect(4347));
  test('is innocent', () => {});
});
