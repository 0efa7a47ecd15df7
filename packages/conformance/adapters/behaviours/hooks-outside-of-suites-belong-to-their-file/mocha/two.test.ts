import { connect } from './connect.js';

before(() => connect(4123));
after(() => connect(4124));
it('is innocent too', () => {});
