import { connect } from './connect.js';

afterEach(() => connect(4132));
describe('outer', () => {
  afterEach(() => connect(4133));
  describe('inner', () => {
    afterEach(() => {
      throw new Error('its own failure');
    });
    it('leaf', () => {});
  });
});
it('is last', () => {});
