import { connect } from './connect.js';

await connect(4033);
it('two', async () => {
  await connect(4034);
});
