import { connect } from '../connect.js';

it('connects', async () => {
  await connect(4097);
});
