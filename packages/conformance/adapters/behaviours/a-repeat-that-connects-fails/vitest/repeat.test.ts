import { test } from 'vitest';
import { connect } from './connect.js';

let round = 0;
test('repeats', { repeats: 2 }, async () => {
  round += 1;
  if (round === 3) await connect(4091);
});
