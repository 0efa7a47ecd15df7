import { test } from 'node:test';
import { connect } from './connect.js';

await connect(4030);
test('runs', () => {});
