import { connect } from './connect.js';
import { beforeAll, describe, test } from './framework.js';

describe('payments', () => {
  beforeAll(() => connect(4343));
  test('charges a card', () => connect(4344));
  test('is innocent', () => {});
});
