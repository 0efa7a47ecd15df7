import { connect } from './connect.js';
import { describe, test } from './framework.js';

describe('outer', () => {
  describe('inner', () => {
    test('leaf', async () => {
      await connect(4003);
    });
  });
  test('sibling', () => {});
});
