import { test } from 'vitest';
import { connect } from './connect.js';

test('one', () => connect(4371));
