import { describe, test } from 'vitest';
import { connect } from './connect.js';

describe('outer', () => {
  describe('inner', () => {
    test('leaf', async () => {
      await connect(4003);
    });
  });
  test('sibling', () => {});
});
