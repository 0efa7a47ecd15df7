import { connect } from './connect.js';

let attempt = 0;
it('is flaky', async () => {
  attempt += 1;
  await connect(9, '127.0.0.1');
  if (attempt === 1) await connect(4090);
}).retries(2);
