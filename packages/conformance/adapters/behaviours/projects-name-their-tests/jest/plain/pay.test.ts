import { connect } from '../connect.js';
import { test } from '../framework.js';

test('pays', () => connect(4212));
