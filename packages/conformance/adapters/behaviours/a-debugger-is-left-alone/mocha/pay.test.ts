import { connect } from './connect.js';

it('charges a card', () => connect(4127));
