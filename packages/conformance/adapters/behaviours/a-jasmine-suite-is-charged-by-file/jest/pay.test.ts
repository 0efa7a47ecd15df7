import { connect } from './connect.js';
import { beforeAll, describe, test } from './framework.js';

describe('payments', () => {
  beforeAll(() => connect(4341));
  test('charges a card', () => connect(4342));
  test('is innocent', () => {});
});
