import { connect } from './connect.js';

suite('payments');
before(() => connect(4113));
test('charges a card', () => connect(4112));
test('is innocent', () => {});
