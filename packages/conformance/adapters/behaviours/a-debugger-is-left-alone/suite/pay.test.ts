import { connect } from './connect.js';
import { test } from './framework.js';

test('charges a card', () => connect(4127));
