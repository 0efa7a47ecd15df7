import { connect } from './connect.js';

await connect(4031);
it('one', async () => {
  await connect(4032);
});
