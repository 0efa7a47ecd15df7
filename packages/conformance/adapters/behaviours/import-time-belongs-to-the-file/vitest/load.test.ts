import { connect } from './connect.js';
import { test } from 'vitest';

await connect(4030);
test('runs', () => {});
