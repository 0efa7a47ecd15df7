import { connect } from './connect.js';
import { test } from './framework.js';

test('is not run', () => connect(4002));
