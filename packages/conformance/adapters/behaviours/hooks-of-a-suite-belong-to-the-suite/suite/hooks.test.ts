import { connect } from './connect.js';
import { afterAll, beforeAll, describe, test } from './framework.js';

beforeAll(async () => {
  await connect(4010);
});
describe('outer', () => {
  beforeAll(async () => {
    await connect(4011);
  });
  describe('inner', () => {
    test('leaf', () => {});
  });
  afterAll(async () => {
    await connect(4012);
  });
});
afterAll(async () => {
  await connect(4013);
});
