import { connect } from './connect.js';

before(() => connect(4128));
it('charges a card', () => connect(4129));
describe('later', () => {
  before(() => connect(4130));
  it('is innocent', () => {});
});
