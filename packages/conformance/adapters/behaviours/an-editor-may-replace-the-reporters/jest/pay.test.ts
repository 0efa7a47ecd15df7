import { connect } from './connect.js';
import { describe, test } from './framework.js';

describe('payments', () => {
  test('charges a card', () => connect(4345));
  test('is innocent', () => {});
  test('is not asked for', () => connect(4346));
});
