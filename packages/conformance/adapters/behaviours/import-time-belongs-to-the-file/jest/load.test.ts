import { connect } from './connect.js';
import { test } from './framework.js';

void connect(4030);
test('runs', () => {});
