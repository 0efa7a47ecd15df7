import { connect } from './connect.js';
import { test } from 'vitest';

let round = 0;
test('repeats', { repeats: 2 }, async () => {
  round += 1;
  if (round === 3) await connect(4091);
});
