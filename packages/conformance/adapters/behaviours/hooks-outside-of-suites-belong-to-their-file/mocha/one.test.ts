import { connect } from './connect.js';

before(() => connect(4121));
after(() => connect(4122));
it('is innocent', () => {});
