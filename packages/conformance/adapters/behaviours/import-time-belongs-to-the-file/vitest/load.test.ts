import { test } from 'vitest';
import { connect } from './connect.js';

await connect(4030);
test('runs', () => {});
