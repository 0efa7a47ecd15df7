import { test } from 'vitest';
import { connect } from '../connect.js';

test('pays', () => connect(4361));
